"""A condition, and what somebody gets who meets it: 'Bent u …? Dan …', 'Eindigt …, dan …'.

Such sentences become one of a list, under words that give: as if the text said 'U krijgt
urgentie als:' and then the condition.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .lezen import geeft_aan_iemand
from .twijfel import ontkent, twijfelachtig
from .zinnen import GEGEVEN_ALS, Zin

# What follows from what was said: 'Dan …', 'Ook dan …', 'Wij laten u dan …'.
_GEVOLG = re.compile(r"^(?:\S+ ){0,4}?(?:dan|in dat geval)\b[, ]*", re.I)
_STELT = re.compile(
    r"^(?:misschien \w+ |\w+ (?:mag|kunt|kan|bent|ben|heeft|hebt|heb|wilt|wil|moet|gaat|ga) )?(?:u|je|jij) ",
    re.I,
)
_LEIDT = re.compile(r"^(?:als|indien|wanneer|zodra) ", re.I)
# 'U krijgt voorrang als u niet veilig bent. Dat is zo als uw partner …'
_DAT_IS_ZO = re.compile(
    r"^dat is (?:zo|het geval|ook zo) (?:als|wanneer|indien) (?P<als>.+)$", re.I
)
_DAN = re.compile(r"^(?:(?:ook|juist) )?(?:dan|in dat geval),? ", re.I)
# Who was spoken of before.
_DEZELFDE = re.compile(
    r"\b(?:je|jij|jou|jullie|ú|hij|hem|haar|hen|hun|deze|die|daarvoor|(?:de|die) (?:persoon|cliënt|bewoner|jongere|woningzoekende|aanvrager|betrokkene))\b",
    re.I,
)


def uitgeschreven(alle: list[Zin]) -> list[Zin]:
    """The sentences, with each condition that leads to urgency as one of a list."""
    result: list[Zin] = []
    for zin in alle:
        if zin.buiten is None and (wie := _vooraf(result, zin)):
            del result[-len(wie) :]
            words = " ".join(one.gelezen for one in wie)
            if _LEIDT.match(zin.gelezen):  # 'Als je daar weggaat, krijg je …'
                words += f" {zin.gelezen.partition(', ')[0]}"
            result.append(_voorwaarde(wie, words))
            result.append(zin)
        elif (
            (said := _DAT_IS_ZO.match(zin.gelezen))
            and result
            and _geeft_al(result[-1], zin)
        ):
            result.append(_voorwaarde([zin], said["als"]))
        else:
            result.append(_in_zin(zin))
    return result


def _vooraf(before: list[Zin], zin: Zin) -> list[Zin]:
    """The questions and statements of which this sentence tells what follows."""
    asked = bool(before) and before[-1].tekst.endswith("?")
    if not (asked or _GEVOLG.match(zin.gelezen)) or not _geeft(zin, zin.gelezen):
        return []
    found: list[Zin] = []
    for one in reversed(before):
        if one.plaats.artikel is not zin.plaats.artikel or one.onderdeel:
            break
        if not (one.tekst.endswith(("?", "!")) or _STELT.match(one.tekst)):
            break
        found.insert(0, one)
    return found


def _geeft_al(before: Zin, zin: Zin) -> bool:
    """Whether the sentence just before gives, in the same artikel."""
    return before.plaats.artikel is zin.plaats.artikel and _geeft(
        before, before.gelezen
    )


def _in_zin(zin: Zin) -> Zin:
    """The condition in a sentence, when what follows from it gives."""
    if zin.buiten or zin.onderdeel:
        return zin
    words = zin.gelezen
    for comma in re.finditer(r"[,;] ", words):
        als, dan = words[: comma.start()], words[comma.end() :]
        if (_LEIDT.match(als) or _DAN.match(dan)) and _geeft(zin, dan):
            return replace(_voorwaarde([zin], _LEIDT.sub("", als)), voluit=zin.voluit)
    return zin


def _voorwaarde(zinnen: list[Zin], words: str) -> Zin:
    words = re.sub(r"[?.:;](?= |$)", ",", words).strip(" ,")
    return replace(
        zinnen[0],
        tekst=" ".join(zin.tekst for zin in zinnen),
        gelezen=words,
        voluit=words,
        opening=GEGEVEN_ALS,
    )


def _geeft(zin: Zin, words: str) -> bool:
    words = _DEZELFDE.sub("u", _DAN.sub("", words))
    parts = (
        words,
        words.partition(", zodat ")[0],
        words.rpartition(", want ")[2],
        words.rpartition(", en ")[2],
    )
    return any(
        geeft_aan_iemand(part) and not twijfelachtig(zin, part) and not ontkent(part)
        for part in parts
    )
