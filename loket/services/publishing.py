"""From an answer to a page of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.models import User
from knowledge import selectors as knowledge_selectors
from knowledge import services as knowledge_services
from knowledge.models import Aandachtsgroep, Bron, Thema, VraagEnAntwoord
from loket.models import Bericht, Bronverwijzing, Vraag

from .parts import lock, mail_asker, must_work, record

MAX_SLUG = 240


@transaction.atomic
def make_knowledge_draft(
    *,
    user: User,
    vraag: Vraag,
    title: str,
    kort_antwoord: str,
    text: str,
    doelgroepen: Iterable[Aandachtsgroep] = (),
    themas: Iterable[Thema] = (),
    confirmed: bool = False,
) -> VraagEnAntwoord:
    """From the answer a draft page in review, linked both ways.

    Raises ValidationError when nobody confirmed that no personal data is left, when there
    is no answer yet, or when a page was made before.
    """
    from core import markdown

    must_work(user, vraag)
    vraag = lock(vraag)
    last = vraag.berichten.filter(soort=Bericht.Soort.ANTWOORD).last()
    if vraag.answered_at is None or last is None:
        raise ValidationError(_("Beantwoord de vraag eerst."))
    # The address of the page is made from it, and one odd sign can become many there.
    if not 0 < len(slugify(title, allow_unicode=True)) <= MAX_SLUG:
        raise ValidationError(
            {"title": _("Schrijf de vraag met letters, zoals iemand die stelt.")}
        )
    if not confirmed:
        raise ValidationError(
            {"confirmed": _("Bevestig dat er geen persoonsgegevens in staan.")}
        )
    if vraag.kennispagina:
        raise ValidationError(_("Van deze vraag is al een kennispagina gemaakt."))
    places: dict[int, list[str]] = {}
    related = []
    for ref in Bronverwijzing.objects.filter(bericht__vraag=vraag):
        page = knowledge_selectors.find_page(ref.object_id)
        if page is not None:
            bron = knowledge_services.bron_for_page(page)
            cited = places.setdefault(bron.pk, [])
            if ref.sectie and ref.sectie not in cited:
                cited.append(ref.sectie)
            related.append(page)
    sources = [(pk, ", ".join(cited)) for pk, cited in places.items()]
    if not sources:
        duiding = Bron.objects.filter(slug="eigen-duiding").first()
        sources = (
            [(duiding.pk, _("antwoord van team %(team)s") % {"team": vraag.team.naam})]
            if duiding
            else []
        )
    page = knowledge_services.create_answer_draft(
        user=user,
        title=title,
        kort_antwoord=kort_antwoord,
        sections=[
            knowledge_services.DraftSection(
                _("Antwoord"),
                markdown.render(text),
                tuple(sources),
                "antwoord",
            )
        ],
        team=vraag.team,
        doelgroepen=doelgroepen,
        themas=themas,
        origin_key=vraag.key,
        related=related,
    )
    vraag.kennispagina = page.pk
    vraag.save(update_fields=["kennispagina"])
    record(
        vraag,
        "make_knowledge_draft",
        _("Kennispagina in concept: %(titel)s") % {"titel": page.title},
        user=user,
        intern=True,
    )
    return page


@transaction.atomic
def knowledge_published(*, page: VraagEnAntwoord) -> None:
    """Tell the asker, once, that the answer is now a page."""
    if not page.origin_key.startswith("vraag:"):
        return
    vraag = (
        Vraag.objects.filter(pk=page.origin_key.removeprefix("vraag:"))
        .select_related("contact", "team")
        .first()
    )
    if vraag is None or vraag.gebeurtenissen.filter(soort="published").exists():
        return
    record(
        vraag,
        "published",
        _("Het antwoord staat nu ook in de kennisbank"),
        data={"pagina": page.pk},
    )
    mail_asker(
        vraag,
        "loket/gepubliceerd",
        message_key=f"vraag-{vraag.pk}-gepubliceerd",
        extra={"pagina": page.get_url()},
    )
