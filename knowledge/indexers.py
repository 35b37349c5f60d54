"""Pages and terms as search documents."""

from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup

from core.person import Person
from search import registry
from search.documents import PUBLIC, RESTRICTED, FacetValue, SearchDocument, Section

from .choices import Actielijn, Fase, Soort
from .models import KennisPagina
from .regelingen.indexers import ArtikelIndexer, RegelingIndexer
from .selectors import MODELS, live_begrippen, readable_pages


def text_of(inhoud: Any) -> str:
    """Plain text of the stream of a section: paragraphs and cells on their own lines."""
    parts = []
    for block in inhoud:
        if block.block_type == "tekst":
            parts.append(html_text(block.value.source))
        else:
            rows = block.value.get("data") or [] if block.value else []
            parts.append(
                "\n".join(" · ".join(str(cell or "") for cell in row) for row in rows)
            )
    return "\n".join(part for part in parts if part)


def html_text(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["p", "li", "h3", "h4", "blockquote"]):
        tag.append("\n")
    return "\n".join(
        line.strip() for line in soup.get_text().splitlines() if line.strip()
    )


class PageIndexer:
    """All live public pages of one kind."""

    family = "pagina"

    def __init__(self, soort: Soort) -> None:
        self.kind = soort.value
        self.label = str(soort.label)
        self.model = MODELS[soort]

    def all_ids(self) -> Iterable[int]:
        return self.model.objects.live().values_list("pk", flat=True)

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        """Live pages that the person may read, by the rule of Wagtail itself."""
        pages = readable_pages(person, KennisPagina).filter(pk__in=list(ids))
        return set(pages.values_list("pk", flat=True))

    def document(self, pk: int) -> SearchDocument | None:
        page = self.model.objects.live().select_related("team").filter(pk=pk).first()
        return document_of(page) if page else None


def sections_of(page: KennisPagina) -> list[Section]:
    """The parts of a page with an address of their own, as they are read."""
    sections = [Section("in-het-kort", "In het kort", page.title, page.in_het_kort)]
    if page.acties:
        sections.append(
            Section("wat-moet-u-nu-doen", "Wat moet u nu doen", page.title, page.acties)
        )
    for block in getattr(page, "stappen", []):
        value = block.value
        text = "\n".join(
            [value["doel"], *value["checklist"], *value["bewijs"], *value["rollen"]]
        )
        sections.append(Section(value["anker"], value["titel"], page.title, text))
    facts = "\n".join(
        f"{b.value['label']}: {b.value['waarde']} ({b.value['jaar']})"
        for b in getattr(page, "feiten", [])
    )
    if facts or getattr(page, "partners", ""):
        sections.append(
            Section(
                "feiten",
                "Feiten",
                page.title,
                f"{facts}\n{getattr(page, 'partners', '')}".strip(),
            )
        )
    timeline = "\n".join(
        f"{b.value['datum']}: {b.value['tekst']}"
        for b in getattr(page, "statussen", [])
    )
    if timeline:
        sections.append(Section("status", "Status", page.title, timeline))
    windows = "\n".join(
        f"{b.value['naam']} {b.value['budget'] or ''}".strip()
        for b in getattr(page, "vensters", [])
    )
    conditions = "\n".join(b.value["tekst"] for b in getattr(page, "voorwaarden", []))
    if windows or conditions:
        sections.append(
            Section(
                "rondes",
                "Rondes en voorwaarden",
                page.title,
                f"{windows}\n{conditions}".strip(),
            )
        )
    for block in page.secties:
        value = block.value
        sections.append(
            Section(value["anker"], value["kop"], page.title, text_of(value["inhoud"]))
        )
    return sections


def document_of(page: KennisPagina) -> SearchDocument:
    """One live page with its sections; the summary is a section of its own, without anchor."""
    sections = sections_of(page)
    gemeente = getattr(page, "gemeente", None)
    facets: dict[str, tuple[FacetValue, ...]] = {
        "groep": tuple(FacetValue(g.slug, g.kort) for g in page.doelgroepen.all()),
        "thema": tuple(FacetValue(t.slug, t.naam) for t in page.themas.all()),
        "fase": tuple(FacetValue(f, str(Fase(f).label)) for f in page.fasen),
        "actielijn": tuple(
            FacetValue(a, str(Actielijn(a).label)) for a in page.actielijnen
        ),
        "gemeente": (FacetValue(gemeente.code, gemeente.naam),) if gemeente else (),
        "provincie": (FacetValue(gemeente.provincie_code, gemeente.provincie),)
        if gemeente
        else (),
        "status": status_facet(page),
    }
    synonyms = [word for g in page.doelgroepen.all() for word in g.andere_woorden]
    own = getattr(page, "groep", None)
    return SearchDocument(
        kind=page.soort,
        object_id=page.pk,
        url=page.get_url() or "",
        title=page.title,
        kind_label=page.soort_label,
        summary=page.in_het_kort,
        sections=tuple(section for section in sections if section.text),
        facets=facets,
        keywords=(
            *page.zoekwoorden,
            getattr(page, "afkorting", ""),
            *(own.andere_woorden if own else []),
        ),
        weak_keywords=tuple(synonyms),
        audience=RESTRICTED if page.get_view_restrictions().exists() else PUBLIC,
        owner=page.team.kort if page.team else "",
        checked_on=page.gecontroleerd_op,
        valid_from=page.geldig_van,
        valid_until=page.geldig_tot,
    )


def status_facet(page: KennisPagina) -> tuple[FacetValue, ...]:
    """Law status, scheme status, or whether a case still misses facts."""
    if hasattr(page, "wetsstatus"):
        return (FacetValue(page.wetsstatus, page.get_wetsstatus_display()),)
    if hasattr(page, "status_on"):
        status = page.status_on()
        return (FacetValue(status.value, str(status.label)),)
    return ()


class BegripIndexer:
    """Terms with their explanation."""

    kind = family = "begrip"
    label = "Begrip"

    def all_ids(self) -> Iterable[int]:
        return live_begrippen().values_list("pk", flat=True)

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        return set(
            live_begrippen().filter(pk__in=list(ids)).values_list("pk", flat=True)
        )

    def document(self, pk: int) -> SearchDocument | None:
        begrip = live_begrippen().filter(pk=pk).first()
        if begrip is None:
            return None
        return SearchDocument(
            kind=self.kind,
            object_id=begrip.pk,
            url=begrip.get_absolute_url(),
            title=begrip.naam,
            kind_label=self.label,
            summary=begrip.kort,
            sections=(Section("", "", begrip.naam, f"{begrip.kort}\n{begrip.uitleg}"),),
            facets={},
            keywords=tuple(begrip.andere_woorden),
        )


for _soort in MODELS:
    registry.register(PageIndexer(Soort(_soort)))
registry.register(BegripIndexer())
registry.register(RegelingIndexer())
registry.register(ArtikelIndexer())
