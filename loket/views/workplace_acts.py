"""What staff do with a question, each act by name; a service does the work."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.models import User
from core.parameters import parse_pk
from core.person import Person
from loket import selectors, services
from loket.models import Concept, Vraag


def on_behalf_key(vraag: Vraag) -> str:
    return f"namens:{vraag.pk}"


@dataclass(frozen=True)
class Done:
    """What an act gives back: words for who acted, and where the page opens."""

    text: str = ""
    at: str = ""


COMPOSER = "opsteller"


Data = dict[str, Any]


def _take(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.take(user=user, vraag=vraag)
    return Done(_("U behandelt deze vraag nu."))


def _give_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.give_back(user=user, vraag=vraag)
    return Done(_("De vraag ligt weer op de stapel van het team."))


def _assign(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    colleague = User.objects.get(pk=data["collega"])
    services.assign(user=user, vraag=vraag, to=colleague)
    return Done(_("Toegewezen aan %(naam)s.") % {"naam": colleague.name})


def _pass_on(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    team = data["team"]
    services.pass_on(user=user, vraag=vraag, team=team, reason=data["reden"])
    return Done(_("De vraag ligt nu bij team %(team)s.") % {"team": team.naam})


def _citations(user: User, vraag: Vraag) -> list[services.Citation]:
    concept = selectors.draft_of(user, vraag, Concept.Soort.ANTWOORD)
    return (
        [services.Citation.from_json(row) for row in concept.bronnen] if concept else []
    )


def _form_key(request: HttpRequest) -> str:
    return request.POST.get("sleutel", "")[:64]


def _send(request: HttpRequest, user: User, vraag: Vraag, *, back: bool) -> str:
    """Send the text of the composer; returns where it stands in the conversation."""
    text = request.POST.get("antwoord", "")
    services.save_draft(user=user, vraag=vraag, soort=Concept.Soort.ANTWOORD, text=text)
    bericht = services.answer(
        user=user,
        vraag=vraag,
        text=text,
        citations=_citations(user, vraag),
        question_back=back,
        form_key=_form_key(request),
    )
    return f"bericht-{bericht.pk}"


def _answer(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    at = _send(request, user, vraag, back=False)
    return Done(_("Uw antwoord is verstuurd."), at)


def _ask_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    at = _send(request, user, vraag, back=True)
    return Done(
        _("Uw vraag is verstuurd. De klok staat stil tot de vrager reageert."), at
    )


def _note(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    bericht = services.add_note(
        user=user,
        vraag=vraag,
        text=request.POST.get("notitie", ""),
        form_key=_form_key(request),
    )
    return Done(_("Notitie bewaard. De vrager ziet dit niet."), f"bericht-{bericht.pk}")


def _draft(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    """Keep what was sent of the texts; the button of the sources searches with it."""
    if "reactie" in request.POST:
        text = request.POST["reactie"]
        services.keep_form(
            user=user,
            formulier=on_behalf_key(vraag),
            data=services.kept(
                {"reactie": text, "kanaal": request.POST.get("kanaal", "")}
            )
            if text.strip()
            else {},
            vraag=vraag,
        )
    for name, soort in (
        ("antwoord", Concept.Soort.ANTWOORD),
        ("notitie", Concept.Soort.NOTITIE),
    ):
        if name in request.POST:
            services.save_draft(
                user=user, vraag=vraag, soort=soort, text=request.POST[name]
            )
    if "zoek" in request.POST:
        return Done(at="bronnen")
    return Done(_("Concept bewaard."), COMPOSER)


def _insert(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    kind, _sep, rest = request.POST.get("voeg_in", "").partition(":")
    number, _sep, anchor = rest.partition(":")
    object_id = parse_pk(number)
    if object_id is None:
        raise ValidationError(_("Kies een bron uit de lijst."))
    services.insert_source(
        user=user,
        vraag=vraag,
        text=request.POST.get("antwoord", ""),
        kind=kind,
        object_id=object_id,
        anker=anchor,
    )
    return Done(_("De bron staat in uw antwoord."), COMPOSER)


def _close(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.close(person=Person(user=user), vraag=vraag, reason=data["reden"])
    return Done(_("De vraag is gesloten. De vrager krijgt bericht."))


def _reopen(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.reopen(person=Person(user=user), vraag=vraag)
    return Done(_("De vraag is weer open."))


def _on_behalf(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    try:
        bericht = services.add_reply_for(
            user=user,
            vraag=vraag,
            text=data["reactie"],
            kanaal=data["kanaal"],
            files=data["bijlagen"],
            form_key=_form_key(request),
        )
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            raise
        raise ValidationError({"bijlagen": refusal.messages}) from None
    services.drop_form(user=user, formulier=on_behalf_key(vraag))
    return Done(_("De reactie staat in het gesprek."), f"bericht-{bericht.pk}")


def _called_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.called_back(user=user, vraag=vraag, reached=True)
    return Done(_("Opgeschreven dat u terugbelde. Schrijf ook op wat u besprak."))


def _no_answer(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.called_back(user=user, vraag=vraag, reached=False)
    return Done(_("Opgeschreven dat u geen gehoor kreeg."))


def _phone(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.set_phone(person=Person(user=user), contact=vraag.contact, **data)
    return Done(_("Opgeslagen."))


def _phase(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.change_phase(user=user, vraag=vraag, fase=data["fase"])
    return Done(_("Opgeslagen."))


def _merge(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    other = selectors.vraag_by_reference(Person(user=user), data["andere"])
    if other is None:
        raise ValidationError(
            {"kenmerk": _("Deze vraag kennen wij niet. Controleer het kenmerk.")}
        )
    services.merge(
        user=user,
        vraag=vraag,
        other=other,
        confirmed=bool(data.get("bevestigd")),
        admit=bool(data.get("meelezen")),
    )
    return Done(
        _("%(ref)s gaat nu verder in deze vraag. U kunt dit ongedaan maken.")
        % {"ref": other.reference}
    )


def _undo_merge(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    pk = parse_pk(request.POST.get("samenvoeging"))
    row = selectors.merging(vraag, pk) if pk else None
    if row is None:
        raise ValidationError(_("Deze samenvoeging is al ongedaan gemaakt."))
    services.undo_merge(user=user, row=row)
    return Done(_("Samenvoegen is ongedaan gemaakt. Beide vragen staan er weer."))


def _split(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    new = services.split(user=user, vraag=vraag, berichten=data["berichten"])
    return Done(
        _("De gekozen berichten gaan verder als %(ref)s.") % {"ref": new.reference}
    )


def _hand_over(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    row = services.hand_over_for_asker(
        user=user, vraag=vraag, email=data["email"], reason=data["reden"]
    )
    return Done(
        _("%(email)s krijgt een mail. Na de klik daarin is dit de vrager.")
        % {"email": row.contact.email}
    )


# Acts of the front office alone.
JOINING = ("samenvoegen", "ongedaan", "splits", "draag-over")


def _later(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.expect_later(user=user, vraag=vraag, verwacht_op=data["verwacht_op"])
    return Done(_("De vrager krijgt bericht van de nieuwe dag."))


ACTS = {
    "samenvoegen": _merge,
    "ongedaan": _undo_merge,
    "splits": _split,
    "draag-over": _hand_over,
    "neem": _take,
    "leg-terug": _give_back,
    "wijs-toe": _assign,
    "geef-door": _pass_on,
    "antwoord": _answer,
    "wedervraag": _ask_back,
    "notitie": _note,
    "concept": _draft,
    "voeg-in": _insert,
    "sluit": _close,
    "heropen": _reopen,
    "fase": _phase,
    "namens": _on_behalf,
    "nummer": _phone,
    "teruggebeld": _called_back,
    "geen-gehoor": _no_answer,
    "later": _later,
}
