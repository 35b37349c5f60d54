"""State changes of legal texts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import outbox, permissions
from core.gemeenten import gemeenten_named
from core.models import Gemeente, Outbox, User
from knowledge import sources
from knowledge.choices import ArtikelBouwsteen
from knowledge.models import (
    ArtikelRij,
    Citaat,
    KennisPagina,
    Modelverordening,
    Regeling,
    RegelingNaam,
    RegelingVersie,
)

from . import citaten, tree, tree_json
from .bouwstenen import bouwsteen_of
from .imports import Import
from .indexers import refresh_regeling_later
from .kinds import MODEL
from .modellen.parts import full_text
from .modellen.reading import parse
from .tree import Placed

# Papers in which a municipality is the authority; national papers name none.
LOCAL_FORMS = frozenset({"cvdr", "gmb", "docx"})
CITATIONS = "knowledge.citaten"


class Result(StrEnum):
    NIEUW = "nieuw"
    NIEUWE_VERSIE = "nieuwe versie"
    ONGEWIJZIGD = "ongewijzigd"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an import. versie: the row with this text; None when refused."""

    result: Result
    versie: RegelingVersie | None = None
    warnings: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


@transaction.atomic
def store(
    *, imported: Import, user: User | None = None, publish: bool = False
) -> Stored:
    """Keep a text that was read: a new regulation, a new version, or nothing new.

    user: who uploads; None for the operator at the command line. A version is new when
    its text differs from that of the same version, or else of the version before it; a
    later version with the same text lengthens the validity of the one that is there.
    publish: visitors may read it from now on, also when it was there already.

    Raises PermissionDenied for who is no editor.
    """
    if user is not None:
        must_edit(user)
    text = imported.regeling
    if text is None:
        return Stored(
            Result.GEWEIGERD,
            warnings=(imported.refusal, *imported.warnings),
            versions=imported.versions,
        )
    warnings = list(imported.warnings)
    regeling, made = _regeling(text, imported.form, warnings)
    digest = tree_json.digest(text)
    versions = list(regeling.versies.defer("boom").in_order())
    versie = _same(versions, text, digest)
    if versie is not None:
        _lengthen(versie, text)
        result = Result.ONGEWIJZIGD
    else:
        result = Result.NIEUW if made else Result.NIEUWE_VERSIE
        if not made and not text.id:
            warnings.append(
                "Het bestand heeft geen nummer. Aan de titel herkend als nieuwe versie; is "
                "het een andere regeling, geef haar dan een eigen titel."
            )
        versie = _create(regeling, text, digest, warnings)
    if publish and versie.published_at is None:
        versie.published_at = timezone.now()
        versie.save(update_fields=["published_at"])
    newest = regeling.versies.defer("boom").in_order().last()
    if newest is not None and newest.pk == versie.pk:
        _rename(regeling, text)
    refresh_regeling_later(regeling.pk)
    read_citations_later("regeling", regeling.pk)
    return Stored(result, versie, tuple(warnings), versions_of(regeling))


def may_edit(user: User) -> bool:
    """Whether somebody takes regulations in and decides what visitors read."""
    return permissions.in_group(user, permissions.REDACTEUR, permissions.BEHEERDER)


def must_edit(user: User) -> None:
    if not may_edit(user):
        raise PermissionDenied(_("Alleen de redactie neemt regelingen op."))


@transaction.atomic
def publish(*, user: User, versie: RegelingVersie) -> None:
    """Visitors may read this version from now on."""
    must_edit(user)
    if versie.published_at is None:
        versie.published_at = timezone.now()
        versie.save(update_fields=["published_at"])
        refresh_regeling_later(versie.regeling.pk)


@transaction.atomic
def withdraw(*, versie: RegelingVersie, user: User | None = None) -> None:
    """Visitors no longer read this version; it stays for the editors.

    user: None for the operator. Raises PermissionDenied for who is no editor.
    """
    if user is not None:
        must_edit(user)
    if versie.published_at is not None:
        versie.published_at = None
        versie.save(update_fields=["published_at"])
        refresh_regeling_later(versie.regeling.pk)


@transaction.atomic
def change_regeling(
    *, user: User, regeling: Regeling, soort: str, gemeente: Gemeente | None
) -> None:
    """Correct what the file could not tell."""
    must_edit(user)
    regeling.soort = soort
    regeling.gemeente = gemeente
    regeling.save(update_fields=["soort", "gemeente"])
    refresh_regeling_later(regeling.pk)


@transaction.atomic
def annotate(
    *, user: User, versie: RegelingVersie, law_version: str, note: str
) -> None:
    """Say to which law a version fits and what it changed."""
    must_edit(user)
    versie.law_version = law_version
    versie.note = note
    versie.save(update_fields=["law_version", "note"])


@transaction.atomic
def choose_bouwsteen(*, user: User, artikel: ArtikelRij, bouwsteen: str) -> None:
    """What an article is about, by a person: later versions of it follow that.

    The choice that the rules make as well is left to the rules from then on.
    """
    must_edit(user)
    if bouwsteen and bouwsteen not in ArtikelBouwsteen.values:
        raise ValueError(bouwsteen)
    artikel.bouwsteen = bouwsteen
    artikel.bouwsteen_by_hand = bouwsteen != bouwsteen_of(
        artikel.title, artikel.text, artikel.path
    )
    artikel.save(update_fields=["bouwsteen", "bouwsteen_by_hand"])
    refresh_regeling_later(artikel.versie.regeling.pk)


@transaction.atomic
def publish_model(*, page: Modelverordening) -> RegelingVersie:
    """Have readers read the text of a model; called when its page is published.

    The text is a new version when it differs from the newest one. Raises ValueError for a
    text that is no model.
    """
    found = parse(page.tekst)
    if found.model is None:
        raise ValueError(" ".join(map(str, found.faults)))
    text = full_text(found.model)
    regeling = page.regeling
    if regeling is None:
        regeling = Regeling.objects.create(
            slug=_slug(replace(text, citeertitel=page.title)),
            soort=MODEL,
            citeertitel=page.title,
            title=page.title,
        )
        page.regeling = regeling
        page.save(update_fields=["regeling"])
        # The revision that is live is what editing goes on with.
        if page.live_revision is not None:
            page.live_revision.content["regeling"] = regeling.pk
            page.live_revision.save(update_fields=["content"])
    regeling.citeertitel = regeling.title = page.title
    regeling.save(update_fields=["citeertitel", "title"])
    versie = RegelingVersie.objects.filter(regeling=regeling).in_order().last()
    if versie is None or versie.modeltekst != page.tekst:
        versie = _create(regeling, text, tree_json.digest(text), [])
        versie.modeltekst = page.tekst
        versie.law_version = found.model.fits[:120]
    versie.published_at = versie.published_at or timezone.now()
    versie.save(update_fields=["modeltekst", "law_version", "published_at"])
    refresh_regeling_later(regeling.pk)
    read_citations_later("regeling", regeling.pk)
    return versie


@transaction.atomic
def withdraw_model(*, page: Modelverordening) -> None:
    """Readers do not find a model any more; drafts that were made from it stay."""
    if page.regeling is not None:
        page.regeling.versies.update(published_at=None)
        refresh_regeling_later(page.regeling.pk)


def versions_of(regeling: Regeling) -> tuple[str, ...]:
    """The labels of the versions that are here, oldest first."""
    found = regeling.versies.in_order().values_list("labels", flat=True)
    return tuple(dict.fromkeys(label for labels in found for label in labels))


def _regeling(
    text: tree.Regeling, form: str, warnings: list[str]
) -> tuple[Regeling, bool]:
    """The row of the regulation. Without an identifier, by title and authority."""
    if text.id:
        found = Regeling.objects.filter(identifier=text.id).first()
    else:
        found = Regeling.objects.filter(
            identifier="", title=text.title, authority=text.authority[:200]
        ).first()
    if found is not None:
        return found, False
    named = re.sub(r"^gemeente ", "", text.authority.strip(), flags=re.I)
    gemeente = next(iter(gemeenten_named(named)), None) if form in LOCAL_FORMS else None
    if text.authority and form in LOCAL_FORMS and gemeente is None:
        warnings.append(
            f"‘{text.authority}’ staat niet in de lijst van gemeenten; de regeling is "
            "niet aan een gemeente gekoppeld."
        )
    return (
        Regeling.objects.create(
            identifier=text.id,
            slug=_slug(text),
            soort=text.kind[:60],
            gemeente=gemeente,
            authority=text.authority[:200],
            citeertitel=text.citeertitel,
            title=text.title,
        ),
        True,
    )


def _slug(text: tree.Regeling) -> str:
    base = slugify(text.citeertitel or text.title)
    if len(base) > 80:
        base = base[:80].rpartition("-")[0] or base[:80]
    base = base or slugify(text.id) or "regeling"
    # What stands under /verordeningen/ already.
    taken = {"vergelijken"} | set(
        Regeling.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, count = base, 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    return slug


def _same(
    versions: Sequence[RegelingVersie], text: tree.Regeling, digest: str
) -> RegelingVersie | None:
    """The version that has this text already."""
    if text.version:
        named = [versie for versie in versions if text.version in versie.labels]
        if named:
            return named[-1] if named[-1].digest == digest else None
    begin = _date(text.valid_from)
    before = [
        versie
        for versie in versions
        if begin is None or versie.valid_from is None or versie.valid_from <= begin
    ]
    return before[-1] if before and before[-1].digest == digest else None


def _lengthen(versie: RegelingVersie, text: tree.Regeling) -> None:
    """Take over the validity of the newest version with this text."""
    if text.version and text.version not in versie.labels:
        versie.labels = [*versie.labels, text.version]
    elif text.version and versie.labels[-1] != text.version:
        return
    versie.valid_from = versie.valid_from or _date(text.valid_from)
    versie.valid_until = _date(text.valid_until)
    versie.save(update_fields=["labels", "valid_from", "valid_until"])


def _create(
    regeling: Regeling, text: tree.Regeling, digest: str, warnings: list[str]
) -> RegelingVersie:
    versie = RegelingVersie.objects.create(
        regeling=regeling,
        labels=[text.version] if text.version else [],
        valid_from=_date(text.valid_from),
        valid_until=_date(text.valid_until),
        source=text.source,
        fetched_on=timezone.localdate(),
        bases=list(text.bases),
        boom=tree_json.to_json(text),
        digest=digest,
        warnings=warnings,
    )
    address_of = {id(one.node): one.address for one in tree.walk(text)}
    rows = [
        ArtikelRij(
            versie=versie,
            order=order,
            address=placed.address,
            number=placed.node.number[:100],
            title=placed.node.title,
            heading=tree.heading(placed.node),
            path=" › ".join(tree.heading(node) for node in placed.above),
            text=tree.text_inside(placed.node),
            status=placed.node.status.value,
            delen=citaten.parts_of(placed.node, address_of),
            digest=tree.digest_of(placed.node),
        )
        for order, placed in enumerate(tree.artikelen(text), 1)
    ]
    _classify(regeling, rows)
    ArtikelRij.objects.bulk_create(rows)
    return versie


def _classify(regeling: Regeling, rows: Sequence[ArtikelRij]) -> None:
    """The building block of each article: as a person chose it for this article in an
    earlier version, or by the rules.

    The same article has the same text, or the same title under the same number.
    """
    by_text: dict[str, str] = {}
    by_place: dict[tuple[str, str], str] = {}
    chosen = ArtikelRij.objects.filter(
        versie__regeling=regeling, bouwsteen_by_hand=True
    )
    for row in chosen.order_by("versie_id", "order"):
        by_text[row.text] = row.bouwsteen
        by_place[row.number, row.title] = row.bouwsteen
    for row in rows:
        found = by_text.get(row.text) if row.text else None
        if found is None and row.title:
            found = by_place.get((row.number, row.title))
        row.bouwsteen_by_hand = found is not None
        if found is None:
            found = bouwsteen_of(row.title, row.text, row.path)
        row.bouwsteen = found


def _rename(regeling: Regeling, text: tree.Regeling) -> None:
    """The names of the newest version; the address stays, and what editors correct."""
    changes = {"title": text.title, "citeertitel": text.citeertitel}
    changed = [
        name for name, value in changes.items() if getattr(regeling, name) != value
    ]
    for name in changed:
        setattr(regeling, name, changes[name])
    if changed:
        regeling.save(update_fields=changed)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


# -- citations -----------------------------------------------------------------------


def read_citations_later(kind: str, pk: int) -> None:
    """Have a page or regulation read for citations, after the transaction of its change."""
    outbox.enqueue(
        kind=CITATIONS, key=f"{kind}:{pk}", dedupe_key=f"{CITATIONS}:{kind}:{pk}"
    )


@outbox.handler(CITATIONS)
def _deliver(row: Outbox) -> None:
    kind, _, pk = row.key.partition(":")
    if kind == "pagina":
        keep_citations_of_page(pk=int(pk))
    else:
        keep_citations_of_regeling(pk=int(pk))


@transaction.atomic
def keep_citations_of_page(*, pk: int) -> None:
    """The citations of a page as it is now; none when it is not live."""
    from knowledge.indexers import sections_of

    Citaat.objects.filter(pagina=pk).delete()
    page = KennisPagina.objects.live().filter(pk=pk).first()
    if page is None:
        return
    page = page.specific
    gemeente_id = getattr(page, "gemeente_id", None)
    Citaat.objects.bulk_create(
        Citaat(
            pagina_id=pk,
            anchor=section.anchor,
            heading=section.heading,
            naam=name,
            artikel=number,
            gemeente_id=gemeente_id,
        )
        for section in sections_of(page)
        for name, number in citaten.cited_in_section(section)
    )


@transaction.atomic
def keep_citations_of_regeling(*, pk: int) -> None:
    """Names and citations of a regulation: of every version that was published."""
    regeling = Regeling.objects.select_related("gemeente").filter(pk=pk).first()
    if regeling is None:
        return
    _keep_names(regeling)
    Citaat.objects.filter(versie__regeling=regeling).delete()
    for versie in regeling.versies.published().iterator(chunk_size=10):
        placed = list(tree.walk(versie.tekst))
        _keep_parts(versie, placed)
        Citaat.objects.bulk_create(
            Citaat(
                versie=versie,
                anchor=anchor[:200],
                heading=heading,
                naam=name[:400],
                artikel=number[:100],
                gemeente_id=regeling.gemeente_id,
            )
            for anchor, heading, name, number in citaten.cited_in_version(placed)
        )


def _keep_names(regeling: Regeling) -> None:
    wanted = sources.names_of(
        regeling.identifier,
        regeling.citeertitel,
        regeling.title,
        regeling.gemeente.naam if regeling.gemeente else "",
    )
    RegelingNaam.objects.filter(regeling=regeling).delete()
    RegelingNaam.objects.bulk_create(
        RegelingNaam(regeling=regeling, naam=name, lokaal=local)
        for name, local in {name[:400]: wanted[name] for name in wanted}.items()
    )


def _keep_parts(versie: RegelingVersie, placed: Sequence[Placed]) -> None:
    """For rows from before parts and digests were kept."""
    waiting = {row.address: row for row in versie.artikelen.filter(digest="")}
    if not waiting:
        return
    address_of = {id(one.node): one.address for one in placed}
    for one in placed:
        row = waiting.get(one.address)
        if row is not None:
            row.delen = citaten.parts_of(one.node, address_of)
            row.digest = tree.digest_of(one.node)
    ArtikelRij.objects.bulk_update(waiting.values(), ["delen", "digest"])
    refresh_regeling_later(versie.regeling_id)
