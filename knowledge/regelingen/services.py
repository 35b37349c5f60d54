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

from core import permissions
from core.gemeenten import gemeenten_named
from core.models import User
from knowledge.models import ArtikelRij, Modelverordening, Regeling, RegelingVersie
from search import services as search_services

from . import tree, tree_json
from .imports import Import
from .indexers import KIND
from .kinds import MODEL
from .modellen.parts import full_text
from .modellen.reading import parse

# Papers in which a municipality is the authority; national papers name none.
LOCAL_FORMS = frozenset({"cvdr", "gmb", "docx"})


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
    if user is not None and not permissions.in_group(
        user, permissions.REDACTEUR, permissions.BEHEERDER
    ):
        raise PermissionDenied(_("Alleen de redactie neemt regelingen op."))
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
    search_services.refresh_later(KIND, regeling.pk)
    return Stored(result, versie, tuple(warnings), versions_of(regeling))


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
    search_services.refresh_later(KIND, regeling.pk)
    return versie


@transaction.atomic
def withdraw_model(*, page: Modelverordening) -> None:
    """Readers do not find a model any more; drafts that were made from it stay."""
    if page.regeling is not None:
        page.regeling.versies.update(published_at=None)
        search_services.refresh_later(KIND, page.regeling.pk)


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
    taken = set(
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
    ArtikelRij.objects.bulk_create(
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
        )
        for order, placed in enumerate(tree.artikelen(text), 1)
    )
    return versie


def _rename(regeling: Regeling, text: tree.Regeling) -> None:
    """The names of the newest version; the address stays."""
    changes = {
        "title": text.title,
        "citeertitel": text.citeertitel,
        "soort": text.kind[:60],
    }
    changed = [
        name for name, value in changes.items() if getattr(regeling, name) != value
    ]
    for name in changed:
        setattr(regeling, name, changes[name])
    if changed:
        regeling.save(update_fields=changed)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
