"""The states of a question and who may move it where; one table, drawn in the docs."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class VraagStatus(models.TextChoices):
    NIEUW = "nieuw", _("nieuw")
    IN_BEHANDELING = "in-behandeling", _("in behandeling")
    WACHT_OP_VRAGER = "wacht-op-vrager", _("wacht op vrager")
    BEANTWOORD = "beantwoord", _("beantwoord")
    GESLOTEN = "gesloten", _("gesloten")
    HEROPEND = "heropend", _("heropend")


OPEN = (
    VraagStatus.NIEUW,
    VraagStatus.IN_BEHANDELING,
    VraagStatus.WACHT_OP_VRAGER,
    VraagStatus.HEROPEND,
)
DONE = (VraagStatus.BEANTWOORD, VraagStatus.GESLOTEN)

ACTIVE = tuple(status for status in OPEN if status != VraagStatus.WACHT_OP_VRAGER)

VRAGER, COLLEGA, MEDEWERKER, SYSTEEM = "vrager", "collega", "medewerker", "systeem"
ROLES = {
    VRAGER: _("de vrager"),
    COLLEGA: _("een collega die de vrager toeliet"),
    MEDEWERKER: _("een medewerker van het loket of het team"),
    SYSTEEM: _("het loket vanzelf"),
}
ACTS = {
    "ask": _("vraag stellen"),
    "take": _("nemen"),
    "assign": _("toewijzen"),
    "give_back": _("terugleggen"),
    "pass_on": _("doorgeven"),
    "ask_back": _("iets terugvragen"),
    "reply": _("reageren"),
    "answer": _("antwoorden"),
    "mark_helped": _("zeggen dat het hielp"),
    "mark_not_helped": _("zeggen dat het nog niet hielp"),
    "close": _("sluiten"),
    "reopen": _("heropenen"),
    "expect_later": _("een latere dag noemen"),
    "tell_later": _("melden dat het later wordt"),
    "remind": _("herinneren"),
    "close_silent": _("sluiten na stilte"),
}


@dataclass(frozen=True)
class Transition:
    """act: name of the service; target: None when the state stays what it is; mail: the
    one message to the asker, if any."""

    act: str
    sources: tuple[VraagStatus, ...]
    target: VraagStatus | None
    by: str
    mail: str = ""


_NEW_OR_REOPENED = (VraagStatus.NIEUW, VraagStatus.HEROPEND)
_TAKEN_OR_WAITS = (VraagStatus.IN_BEHANDELING, VraagStatus.WACHT_OP_VRAGER)
_UNANSWERED = (*OPEN, VraagStatus.BEANTWOORD)

TRANSITIONS = (
    Transition("ask", (), VraagStatus.NIEUW, VRAGER, "loket/ontvangen"),
    Transition("take", _NEW_OR_REOPENED, VraagStatus.IN_BEHANDELING, MEDEWERKER),
    Transition("take", _TAKEN_OR_WAITS, None, MEDEWERKER),
    Transition("assign", _NEW_OR_REOPENED, VraagStatus.IN_BEHANDELING, MEDEWERKER),
    Transition("assign", _TAKEN_OR_WAITS, None, MEDEWERKER),
    Transition(
        "give_back", (VraagStatus.IN_BEHANDELING,), VraagStatus.NIEUW, MEDEWERKER
    ),
    Transition(
        "give_back",
        (*_NEW_OR_REOPENED, VraagStatus.WACHT_OP_VRAGER),
        None,
        MEDEWERKER,
    ),
    Transition("pass_on", OPEN, VraagStatus.NIEUW, MEDEWERKER),
    Transition(
        "ask_back", OPEN, VraagStatus.WACHT_OP_VRAGER, MEDEWERKER, "loket/wedervraag"
    ),
    Transition("reply", ACTIVE, None, VRAGER),
    Transition(
        "reply", (VraagStatus.WACHT_OP_VRAGER,), VraagStatus.IN_BEHANDELING, VRAGER
    ),
    Transition("reply", DONE, VraagStatus.HEROPEND, VRAGER),
    Transition(
        "answer", _UNANSWERED, VraagStatus.BEANTWOORD, MEDEWERKER, "loket/antwoord"
    ),
    Transition("mark_helped", (VraagStatus.BEANTWOORD,), VraagStatus.GESLOTEN, VRAGER),
    Transition(
        "mark_not_helped", (VraagStatus.BEANTWOORD,), VraagStatus.HEROPEND, VRAGER
    ),
    Transition(
        "close", _UNANSWERED, VraagStatus.GESLOTEN, MEDEWERKER, "loket/gesloten"
    ),
    Transition("close", _UNANSWERED, VraagStatus.GESLOTEN, VRAGER),
    Transition("reopen", DONE, VraagStatus.HEROPEND, VRAGER),
    Transition("reopen", DONE, VraagStatus.HEROPEND, MEDEWERKER),
    Transition("expect_later", ACTIVE, None, MEDEWERKER, "loket/later"),
    Transition("tell_later", ACTIVE, None, SYSTEEM, "loket/later"),
    Transition(
        "remind", (VraagStatus.WACHT_OP_VRAGER,), None, SYSTEEM, "loket/herinnering"
    ),
    Transition(
        "close_silent",
        (VraagStatus.WACHT_OP_VRAGER,),
        VraagStatus.GESLOTEN,
        SYSTEEM,
        "loket/gesloten-stil",
    ),
)


def find(act: str, status: str, by: str) -> Transition | None:
    """The row of the table for an act; None when the act is not possible from here."""
    for row in TRANSITIONS:
        if row.act == act and row.by == by and status in row.sources:
            return row
    return None


def target_of(act: str, status: str, by: str) -> VraagStatus | None:
    """The state after an act; None when the act is not possible from this state."""
    row = find(act, status, by)
    return None if row is None else row.target or VraagStatus(status)


def allowed(act: str, status: str, by: str) -> bool:
    return find(act, status, by) is not None
