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

VRAGER, MEDEWERKER = "vrager", "medewerker"


@dataclass(frozen=True)
class Transition:
    """act: name of the service; mail: the one message to the asker, if any."""

    act: str
    sources: tuple[VraagStatus, ...]
    target: VraagStatus
    by: str
    mail: str = ""


TRANSITIONS = (
    Transition("ask", (), VraagStatus.NIEUW, VRAGER, "loket/ontvangen"),
    Transition(
        "take",
        (VraagStatus.NIEUW, VraagStatus.HEROPEND),
        VraagStatus.IN_BEHANDELING,
        MEDEWERKER,
    ),
    Transition(
        "give_back", (VraagStatus.IN_BEHANDELING,), VraagStatus.NIEUW, MEDEWERKER
    ),
    Transition("pass_on", OPEN, VraagStatus.NIEUW, MEDEWERKER),
    Transition(
        "ask_back", OPEN, VraagStatus.WACHT_OP_VRAGER, MEDEWERKER, "loket/wedervraag"
    ),
    Transition(
        "reply", (VraagStatus.WACHT_OP_VRAGER,), VraagStatus.IN_BEHANDELING, VRAGER
    ),
    Transition("reply", DONE, VraagStatus.HEROPEND, VRAGER),
    Transition(
        "answer",
        (*OPEN, VraagStatus.BEANTWOORD),
        VraagStatus.BEANTWOORD,
        MEDEWERKER,
        "loket/antwoord",
    ),
    Transition("mark_helped", (VraagStatus.BEANTWOORD,), VraagStatus.GESLOTEN, VRAGER),
    Transition(
        "close",
        (*OPEN, VraagStatus.BEANTWOORD),
        VraagStatus.GESLOTEN,
        MEDEWERKER,
        "loket/gesloten",
    ),
    Transition("close", (*OPEN, VraagStatus.BEANTWOORD), VraagStatus.GESLOTEN, VRAGER),
    Transition("reopen", DONE, VraagStatus.HEROPEND, VRAGER),
    Transition("reopen", DONE, VraagStatus.HEROPEND, MEDEWERKER),
)


def target_of(act: str, status: str, by: str) -> VraagStatus | None:
    """The state after an act; None when the act is not possible from this state."""
    for row in TRANSITIONS:
        if row.act == act and row.by == by and status in row.sources:
            return row.target
    return None


def allowed(act: str, status: str, by: str) -> bool:
    return target_of(act, status, by) is not None
