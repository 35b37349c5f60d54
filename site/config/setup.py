"""Bring an installation to its first or next state; each part is safe to run again."""

from collections.abc import Callable

from django.core.management import call_command

from core.loading import load_gemeenten, load_regios
from core.services import ensure_groups


def set_up(say: Callable[[str], None]) -> None:
    """Municipalities, groups, starter content, teams and demo persons.

    say: called with one Dutch line per step. Raises what a part raises; every part is
    one transaction, so nothing is left half.
    """
    from knowledge.services import ensure_editorial
    from loket.setup import ensure_loket
    from search.steering import ensure_rights, seed_synonyms

    from .demo_data import follow_demo_mode

    say("Gemeenten en rollen …")
    load_gemeenten()
    load_regios()
    groups = ensure_groups()
    ensure_editorial(groups)
    ensure_rights(groups)
    seed_synonyms()
    say("Startinhoud …")
    call_command("load_starter", verbosity=0)
    ensure_loket()
    follow_demo_mode()
