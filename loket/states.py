"""The states of a question and who may move it where; one table, drawn in the docs."""

from dataclasses import dataclass
from typing import Any

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
    "reply_for": _("opschrijven wat de vrager zei"),
    "admit_mail": _("een aangehouden mail toelaten"),
    "answer": _("antwoorden"),
    "mark_helped": _("zeggen dat het hielp"),
    "mark_not_helped": _("zeggen dat het nog niet hielp"),
    "close": _("sluiten"),
    "reopen": _("heropenen"),
    "merge": _("verdergaan in een andere vraag"),
    "take_in": _("een andere vraag erbij nemen"),
    "split": _("afsplitsen als nieuwe vraag"),
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


def _as_reply(act: str, by: str) -> tuple[Transition, ...]:
    """What the asker said by another way does what a reply does."""
    return (
        Transition(act, ACTIVE, None, by),
        Transition(act, (VraagStatus.WACHT_OP_VRAGER,), VraagStatus.IN_BEHANDELING, by),
        Transition(act, DONE, VraagStatus.HEROPEND, by),
    )


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
    *_as_reply("reply", COLLEGA),
    *_as_reply("reply_for", MEDEWERKER),
    *_as_reply("admit_mail", MEDEWERKER),
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
    # The mail goes to another asker than that of the question it goes on in.
    Transition(
        "merge", _UNANSWERED, VraagStatus.GESLOTEN, MEDEWERKER, "loket/gesloten"
    ),
    Transition("take_in", ACTIVE, None, MEDEWERKER),
    Transition(
        "take_in",
        (VraagStatus.WACHT_OP_VRAGER,),
        VraagStatus.IN_BEHANDELING,
        MEDEWERKER,
    ),
    Transition("split", (), VraagStatus.NIEUW, MEDEWERKER, "loket/gesplitst"),
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


@dataclass(frozen=True)
class Still:
    """An act that leaves the state as it is. mail: the one message that it sends, if any;
    to: who gets it."""

    act: str
    words: Any
    by: str
    mail: str = ""
    to: Any = ""


_NEW_READER = _("de collega")
STILL = (
    Still("admit_colleague", _("een collega laten meelezen"), VRAGER, "loket/meelezen", _NEW_READER),
    Still("withdraw_colleague", _("een collega niet meer laten meelezen"), VRAGER),
    Still("accept_admission", _("meelezen aannemen"), COLLEGA),
    Still("hand_over", _("een vraag overdragen"), VRAGER, "loket/overdragen", _NEW_READER),
    Still("hand_over_all", _("alle open vragen overdragen"), VRAGER, "loket/overdragen", _NEW_READER),
    Still("hand_over_for_asker", _("een vraag laten overdragen"), MEDEWERKER, "loket/overdragen", _NEW_READER),
    Still("take_over", _("een overgedragen vraag aannemen"), COLLEGA, "loket/overgedragen", _("de vorige vrager")),
    Still("change_visibility", _("kiezen wie de vraag mag zien"), VRAGER),
    Still("add_note", _("een interne notitie schrijven"), MEDEWERKER),
    Still("change_phase", _("een fase kiezen"), MEDEWERKER),
    Still("save_draft", _("een concept bewaren"), MEDEWERKER),
    Still("want_call_back", _("opschrijven dat de vrager teruggebeld wil worden"), MEDEWERKER),
    Still("called_back", _("terugbellen"), MEDEWERKER),
    Still("resend", _("opnieuw mailen wat niet aankwam"), MEDEWERKER, "loket/opnieuw", ROLES[VRAGER]),
    Still("dismiss", _("niet aangekomen mail afhandelen"), MEDEWERKER),
    Still("note_failed", _("melden dat mail niet aankwam"), SYSTEEM),
    Still("record_virus", _("een besmet bestand weghalen"), SYSTEEM),
    Still("make_knowledge_draft", _("een kennispagina maken"), MEDEWERKER),
    Still("knowledge_published", _("een kennispagina publiceren"), MEDEWERKER, "loket/gepubliceerd", ROLES[VRAGER]),
)  # fmt: skip
# Mail to staff about their work: it says nothing to an asker.
TO_STAFF = {
    "loket/werk": _("meteen, bij nieuw werk"),
    "loket/dagbericht": _("één keer per dag, voor wie dat koos"),
}
# Which acts of the tables a service does, where it has another name.
SERVICES: dict[str, tuple[str, ...]] = {
    "accept_admission": ("accept_admission", "take_over"),
    "act_on_silence": ("remind", "close_silent"),
    "add_reply": ("reply",),
    "add_reply_for": ("reply_for",),
    "admit": ("admit_mail",),
    "answer": ("answer", "ask_back"),
    "append_reply": ("reply", "reply_for", "admit_mail"),
    "ask_by_mail": ("ask",),
    "ask_from": ("ask",),
    "handle": ("ask", "reply", "add_note"),
    "handle_waiting": ("ask", "reply", "add_note"),
    "invite": ("admit_colleague", "hand_over", "hand_over_all", "hand_over_for_asker"),
    "judge_again": ("ask", "reply", "add_note"),
    "mark_helped": ("mark_helped", "mark_not_helped"),
    "merge": ("merge", "take_in", "admit_colleague"),
    "return_all_of": ("give_back",),
    "take_call": ("ask", "answer", "want_call_back"),
    "take_reply": ("reply", "reply_for"),
    "tell_slips": ("tell_later",),
}
# Services that change a state outside the table, and why.
OUTSIDE = {
    "undo_merge": _(
        "samenvoegen ongedaan maken geeft beide vragen de stand terug die zij hadden"
    ),
    "forget": _("wissen op verzoek sluit een open vraag, zonder bericht"),
}


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
