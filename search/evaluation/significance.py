"""Whether a difference between two runs may be chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

PERMUTATIONS = 10_000
_BATCH = 500


def p_value(
    one: Sequence[float],
    other: Sequence[float],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> float:
    """Two-sided p of a paired randomisation test on the difference of the means.

    Values stand in the order of the same queries. If the runs were equal, each query
    could as well have had its two values the other way round: p is how often such a
    swap of some queries gives a difference at least as large.
    """
    differences = np.asarray(one, dtype=float) - np.asarray(other, dtype=float)
    differences = differences[differences != 0]
    if not len(differences):
        return 1.0
    observed = abs(differences.sum()) - 1e-12
    chance = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, permutations, _BATCH):
        size = min(_BATCH, permutations - start)
        signs = chance.integers(0, 2, size=(size, len(differences)), dtype=np.int8)
        sums = (signs * 2.0 - 1.0) @ differences
        as_large += int((np.abs(sums) >= observed).sum())
    return (as_large + 1) / (permutations + 1)
