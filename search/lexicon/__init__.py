"""Words with frequencies for the compound splitter.

woorden.tsv is made by build.py; the words are facts of Dutch, counted in statute texts
(free of copyright, Auteurswet art. 11) and in the starter content.
"""

from functools import cache
from pathlib import Path

LEXICON_VERSION = 1
_FILE = Path(__file__).parent / "woorden.tsv"

# Words that the frequencies split wrongly, or not; the empty tuple keeps a word whole.
EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "gemeente": (),
    "gemeenten": (),
    "verordening": (),
    "beschermd": (),
    "doelgroep": ("doel", "groep"),
    "doelgroepen": ("doel", "groep"),
    "aandachtsgroep": ("aandacht", "groep"),
    "aandachtsgroepen": ("aandacht", "groep"),
    "programma": (),
    "uitstroom": (),
    "doorstroming": (),
    "bestaande": (),
    "statushouder": ("status", "houder"),
    "statushouders": ("status", "houder"),
    "woonzorgvisie": ("woon", "zorg", "visie"),
    "woonzorgvisies": ("woon", "zorg", "visie"),
    "vrouwenopvang": ("vrouw", "opvang"),
    "arbeidsmigrant": ("arbeid", "migrant"),
    "arbeidsmigranten": ("arbeid", "migrant"),
}


@cache
def frequencies() -> dict[str, int]:
    """Folded word → how often it was counted."""
    table = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        word, _, count = line.partition("\t")
        table[word] = int(count)
    return table
