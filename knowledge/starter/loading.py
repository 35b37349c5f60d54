"""Load the starter content: all of it or nothing, and never over an editor's work."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.models import Page, PageLogEntry

from core.models import Gemeente, Team
from knowledge.choices import Soort
from knowledge.models import (
    Aandachtsgroep,
    Begrip,
    Bouwsteen,
    Bron,
    KennisPagina,
    Kerncijfer,
    Modelverordening,
    Organisatie,
    PaginaRelatie,
    Startinhoud,
    Thema,
)
from knowledge.regelingen.modellen.resolving import BRACKET
from knowledge.selectors import MODELS, site_root
from knowledge.services import parent_for

from . import building, checking
from .markdown_body import to_stream
from .parsing import (
    StarterContent,
    StarterError,
    StarterModel,
    StarterPage,
    load_content,
    parse_sources,
)


@dataclass
class LoadReport:
    """How many pages were made, updated, left as they were, or kept as edited."""

    made: int = 0
    updated: int = 0
    unchanged: int = 0
    edited: list[str] = field(default_factory=list)


def load(content: StarterContent | None = None) -> LoadReport:
    """Load lists, then pages, in one transaction.

    Raises ExceptionGroup of StarterError, with file and line, before anything is
    written when the content has faults.
    """
    content = content or load_content()
    faults: list[StarterError] = list(checking.check(content, style=False))
    if faults:
        raise ExceptionGroup("startinhoud is niet in orde", faults)
    with transaction.atomic():
        return _Loader(content).run()


class _Rows(dict[str, Any]):
    """Rows of a list by slug. One that is gone is made again when something needs it."""

    def __init__(
        self,
        model: Any,
        rows: dict[str, dict[str, Any]],
        fields: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        super().__init__({row.slug: row for row in model.objects.all()})
        self.model, self.rows, self.fields = model, rows, fields

    def make(self, slug: str) -> Any:
        fields = {**self.fields(self.rows[slug]), "slug": slug}
        row = self[slug] = self.model.objects.create(**fields)
        return row

    __missing__ = make

    def present(self, slugs: list[str] | None) -> list[Any]:
        """Those that are there: a page does without what an editor removed."""
        return [self[slug] for slug in slugs or [] if slug in self]


class _Loader:
    def __init__(self, content: StarterContent) -> None:
        self.content = content
        self.report = LoadReport()
        self.pages: dict[str, KennisPagina] = {}
        self.parents: dict[str, Page] = {}

    def run(self) -> LoadReport:
        self.loaded = {
            row.key: row for row in Startinhoud.objects.select_related("pagina")
        }
        self._load_lists()
        changed = [page for page in self.content.pages if self._place(page)]
        for page in changed:
            self._fill(page)
        for model in self.content.models:
            self._load_model(model)
        return self.report

    # -- models --------------------------------------------------------------

    def _load_model(self, model: StarterModel) -> None:
        """A page with the text; what an editor changed or took away stays so."""
        digest = hashlib.sha256(model.text.encode()).hexdigest()
        row = self.loaded.get(model.key) or Startinhoud(key=model.key)
        page = Modelverordening.objects.filter(slug=model.path.stem).first()
        if row.hash == digest:
            self.report.unchanged += 1
            return
        if row.pk is None and page is None:
            self.report.made += 1
            page = Modelverordening(slug=model.path.stem, live=False)
            page.title = page.draft_title = _model_title(model)
            site_root().add_child(instance=page)
        elif page is None or page.revisions.exclude(user=None).exists():
            self.report.edited.append(model.key)
            return
        else:
            self.report.updated += 1
        page.tekst = model.text
        page.save_revision().publish()
        row.hash = digest
        row.save()

    # -- lists ---------------------------------------------------------------

    def _load_lists(self) -> None:
        lists = self.content.lists
        self.bronnen = self._list(
            Bron,
            [{**row, "slug": key} for key, row in lists["bronnen"].items()],
            lambda row: {
                "titel": row["titel"],
                "uitgever": row.get("uitgever") or "",
                "datum": str(row.get("datum") or ""),
                "url": row.get("url") or "",
                "soort": row.get("soort") or "",
                "zekerheid": row["zekerheid"],
                "nagegaan": row["nagegaan"],
            },
        )
        self.teams = self._list(
            Team,
            lists["teams"],
            lambda row: {k: v or "" for k, v in row.items() if k != "tweede"},
        )
        for row in lists["teams"]:
            team = self.teams.get(row["slug"])
            second = self.teams.get(row.get("tweede"))
            if team is not None and second is not None and team.tweede_id is None:
                team.tweede = second
                team.save(update_fields=["tweede"])
        self.groepen = self._list(
            Aandachtsgroep,
            lists["doelgroepen"],
            lambda row: {
                **_term(row),
                "kort": row["kort"],
                "plek": row["plek"],
                "vera": row.get("vera") or "",
            },
        )
        self.themas = self._list(Thema, lists["themas"], _term)
        self._list(Bouwsteen, lists["bouwstenen"], _term)
        self.organisaties = self._list(
            Organisatie,
            lists["organisaties"],
            lambda row: {
                **_term(row),
                "soort": row.get("soort") or "",
                "helpt_met": row.get("helpt_met") or "",
                "url": row.get("url") or "",
                "contactpunt": bool(row.get("contactpunt")),
                "bron": self._first_source(row["bron"])[0],
            },
        )
        self._list(
            Begrip,
            lists["begrippen"],
            lambda row: {
                **_term({**row, "naam": row["term"]}),
                "kort": row["kort"],
                "uitleg": row["uitleg"],
                "bron": self._first_source(row["bron"])[0],
                "bron_plaats": self._first_source(row["bron"])[1],
            },
        )
        self.cijfers = self._list(
            Kerncijfer,
            lists["kerncijfers"],
            lambda row: {
                "naam": row["naam"],
                "waarde": str(row["waarde"]),
                "eenheid": row.get("eenheid") or "",
                "jaar": str(row["jaar"]),
                "niveau": row["niveau"],
                "definitie": row.get("definitie") or "",
                "bron": self._first_source(row["bron"])[0],
                "bron_plaats": self._first_source(row["bron"])[1],
                "opmerking": row.get("opmerking") or "",
            },
        )

    def _list(
        self,
        model: Any,
        rows: list[dict[str, Any]],
        fields: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> _Rows:
        """Make what was never loaded; what an editor changed or removed stays so."""
        found = _Rows(model, {row["slug"]: row for row in rows}, fields)
        prefix = model._meta.model_name
        new = []
        for row in rows:
            key = f"{prefix}/{row['slug']}"
            if key not in self.loaded:
                new.append(Startinhoud(key=key))
                if row["slug"] not in found:
                    found.make(row["slug"])
        Startinhoud.objects.bulk_create(new)
        return found

    def _first_source(self, text: str) -> tuple[Bron, str]:
        ref = parse_sources(str(text))[0]
        return self.bronnen[ref.key], ref.place

    # -- pages ---------------------------------------------------------------

    def _place(self, page: StarterPage) -> bool:
        """Make sure the page exists; whether its content must be written."""
        digest = hashlib.sha256(
            json.dumps(
                [page.head, [s.__dict__ for s in page.sections]], default=str
            ).encode()
        ).hexdigest()
        row = self.loaded.get(page.key)
        if row is None:
            self.report.made += 1
            new = MODELS[page.kind](
                title=page.head["titel"], slug=page.slug, live=False
            )
            self._parent(page.kind).add_child(instance=new)
            self.pages[page.key] = new
            row = Startinhoud(key=page.key, pagina=new)
        else:
            found = row.pagina
            if found is not None:
                self.pages[page.key] = found
            if row.hash == digest:
                self.report.unchanged += 1
                return False
            if found is None or self._edited(page, found):
                self.report.edited.append(page.key)
                return False
            self.report.updated += 1
            self.pages[page.key] = found.specific
        row.hash = digest
        row.save()
        return True

    def _edited(self, page: StarterPage, found: KennisPagina) -> bool:
        """Whether an editor wrote on the page, confirmed it, moved it or took it offline."""
        return (
            not found.live
            or not found.is_child_of(self._parent(page.kind))
            or found.revisions.exclude(user=None).exists()
            or PageLogEntry.objects.filter(
                page=found.pk, action="knowledge.reviewed"
            ).exists()
        )

    def _parent(self, kind: str) -> Page:
        if kind not in self.parents:
            self.parents[kind] = parent_for(Soort(kind))
        return self.parents[kind]

    def _page_id(self, key: str) -> int | None:
        page = self.pages.get(key)
        return page.pk if page else None

    def _fill(self, page: StarterPage) -> None:
        target, head = self.pages[page.key], page.head
        target.title = head["titel"]
        target.draft_title = head["titel"]
        target.in_het_kort = " ".join(head["in_het_kort"].split())
        target.search_description = target.in_het_kort[:300]
        target.team = self.teams[head["team"]]
        for name in (
            "gecontroleerd_op",
            "volgende_controle",
            "geldig_van",
            "geldig_tot",
        ):
            setattr(target, name, head.get(name))
        target.onzeker = " ".join((head.get("onzeker") or "").split())
        target.acties = "\n".join(head.get("acties") or [])
        target.trefwoorden = "\n".join(
            str(word) for word in head.get("trefwoorden") or []
        )
        target.actielijnen = [str(n) for n in head.get("actielijnen") or []]
        target.fasen = list(head.get("fasen") or [])
        target.doelgroepen = self.groepen.present(head.get("doelgroepen"))
        target.themas = self.themas.present(head.get("themas"))
        target.secties = _stream(
            target,
            "secties",
            [
                {
                    "type": "sectie",
                    "value": {
                        "kop": section.title,
                        "anker": section.anchor,
                        "inhoud": to_stream(section.markdown, self._page_id),
                        "bronnen": [
                            {"bron": self.bronnen[ref.key].pk, "plaats": ref.place}
                            for ref in section.sources
                        ],
                    },
                }
                for section in page.sections
            ],
        )
        related = {
            pk
            for key in head.get("gerelateerd") or []
            if (pk := self._page_id(key)) is not None and pk != target.pk
        }
        target.relaties = [
            PaginaRelatie(naar_id=pk, sort_order=n)
            for n, pk in enumerate(sorted(related))
        ]  # type: ignore[type-var]
        getattr(self, f"_fill_{page.kind.replace('-', '_')}", lambda t, h: None)(
            target, head
        )
        target.live = True
        target.has_unpublished_changes = False
        now = datetime.datetime.combine(
            head["gecontroleerd_op"], datetime.time(12), tzinfo=datetime.UTC
        )
        target.first_published_at = target.first_published_at or now
        target.last_published_at = now
        target.save()

    def _sources(self, text: Any) -> list[dict[str, Any]]:
        return [
            {"bron": self.bronnen[ref.key].pk, "plaats": ref.place}
            for ref in parse_sources(str(text))
        ]

    def _fill_stappenplan(self, target: Any, head: dict[str, Any]) -> None:
        target.stappen = _stream(
            target,
            "stappen",
            [
                {
                    "type": "stap",
                    "value": {
                        "titel": row["titel"],
                        "anker": row.get("anker") or f"stap-{number}",
                        "doel": row.get("doel") or "",
                        "checklist": list(row.get("checklist") or []),
                        "bewijs": list(row.get("bewijs") or []),
                        "rollen": list(row.get("rollen") or []),
                        "bronnen": self._sources(row["bron"]),
                    },
                }
                for number, row in enumerate(head["stappen"], 1)
            ],
        )

    def _fill_praktijkvoorbeeld(self, target: Any, head: dict[str, Any]) -> None:
        target.gemeente = Gemeente.objects.filter(
            code=head.get("gemeente") or ""
        ).first()
        target.plaats = head["plaats"]
        target.partners = "\n".join(head.get("partners") or [])
        target.bewijskracht = head["bewijskracht"]
        target.stub = bool(head.get("stub"))
        target.ontbreekt = "\n".join(head.get("ontbreekt") or [])
        target.feiten = _stream(
            target,
            "feiten",
            [
                {
                    "type": "feit",
                    "value": {
                        "label": row["label"],
                        "waarde": str(row["waarde"]),
                        "jaar": str(row["jaar"]),
                        "bronnen": self._sources(row["bron"]),
                    },
                }
                for row in head["feiten"]
            ],
        )

    def _fill_vraag_en_antwoord(self, target: Any, head: dict[str, Any]) -> None:
        target.beantwoord_op = head["beantwoord_op"]

    def _fill_doelgroep(self, target: Any, head: dict[str, Any]) -> None:
        target.groep = self.groepen[head["groep"]]
        target.cijfers = self.cijfers.present(head.get("cijfers"))

    def _fill_wet(self, target: Any, head: dict[str, Any]) -> None:
        target.afkorting = head.get("afkorting") or ""
        target.bwb_id = head.get("bwb_id") or ""
        target.ministerie = head["ministerie"]
        target.wetsstatus = head["wetsstatus"]
        target.laatst_nagegaan = head["laatst_nagegaan"]
        target.statussen = _stream(
            target,
            "statussen",
            [
                {
                    "type": "status",
                    "value": {
                        "datum": str(row["datum"]),
                        "status": row["status"],
                        "tekst": row["tekst"],
                        "bronnen": self._sources(row["bron"]),
                    },
                }
                for row in head["statussen"]
            ],
        )

    def _fill_financiering(self, target: Any, head: dict[str, Any]) -> None:
        target.aanvrager = head["aanvrager"]
        target.regeling_status = head["regeling_status"]
        target.rangschikking = head.get("rangschikking") or ""
        target.vensters = _stream(
            target,
            "vensters",
            [
                {
                    "type": "venster",
                    "value": {
                        "naam": row["naam"],
                        "opent": _iso(row.get("opent")),
                        "sluit": _iso(row.get("sluit")),
                        "budget": str(row.get("budget") or ""),
                        "bronnen": self._sources(row["bron"]),
                    },
                }
                for row in head["vensters"]
            ],
        )
        target.voorwaarden = _stream(
            target,
            "voorwaarden",
            [
                {
                    "type": "voorwaarde",
                    "value": {
                        "tekst": row["tekst"],
                        "bronnen": self._sources(row["bron"]),
                    },
                }
                for row in head.get("voorwaarden") or []
            ],
        )

    def _fill_instrument(self, target: Any, head: dict[str, Any]) -> None:
        target.instrumentsoort = head["instrumentsoort"]
        target.eigenaar = head.get("eigenaar") or ""

    def _fill_gereedschapskist(self, target: Any, head: dict[str, Any]) -> None:
        target.taak = head["taak"]
        target.plan_id = (
            self._page_id(f"stappenplan/{head['stappenplan']}")
            if head.get("stappenplan")
            else None
        )
        target.voorbeelden = [
            case.specific
            for slug in head.get("voorbeelden") or []
            if (case := self.pages.get(f"praktijkvoorbeeld/{slug}"))
        ]
        target.contactpunten = self.organisaties.present(head.get("contactpunten"))
        target.downloads = _stream(
            target,
            "downloads",
            [
                {
                    "type": "download",
                    "value": {
                        "document": self._document(row).pk,
                        "titel": row["titel"],
                        "omschrijving": row.get("omschrijving") or "",
                    },
                }
                for row in head["downloads"]
            ],
        )

    def _document(self, row: dict[str, Any]) -> Document:
        data = building.build(self.content.root / "downloads", row["bestand"])
        digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        document = Document.objects.filter(title=row["bestand"]).first() or Document(
            title=row["bestand"]
        )
        if document.file_hash != digest:
            document.file.save(row["bestand"], ContentFile(data), save=False)
            document.file_hash = digest
            document.file_size = len(data)
            document.save()
        return document


def _model_title(model: StarterModel) -> str:
    """'Model urgentieverordening' for 'Urgentieverordening [gemeentenaam] [jaar]'."""
    named = " ".join(BRACKET.sub("", model.model.title).split())
    return f"Model {named[:1].lower()}{named[1:]}"


def _stream(target: Any, name: str, raw: list[dict[str, Any]]) -> Any:
    """A stream value from raw data."""
    return target._meta.get_field(name).stream_block.to_python(raw)


def _iso(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, datetime.date) else None


def _term(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "naam": row["naam"],
        "ook": "\n".join(str(word) for word in row.get("ook") or []),
    }
