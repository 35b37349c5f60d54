"""A legal text as ODT."""

from __future__ import annotations

import io
from html import escape
from typing import Any

from odfdo import Document, Element

from knowledge.regelingen.tree import Regeling

from .lines import Cover, Form, Heading, Item, Paper, Table, Text, Title, paper, typed

_FORMS = {Form.DECIMAL: ("1", "."), Form.LETTER: ("a", "."), Form.DEGREE: ("1", "°")}
_FONT = (
    'fo:font-family="Calibri" style:font-family-generic="swiss" '
    'style:font-pitch="variable"'
)
_SIZES = {1: 16, 2: 13, 3: 12}


def write(regeling: Regeling, cover: Cover | None = None) -> bytes:
    """The file. Numbers are made by the word processor, so that they count on."""
    return _Writer(regeling, paper(regeling, cover)).file()


class _Writer:
    def __init__(self, regeling: Regeling, text: Paper) -> None:
        self.paper = text
        self.document = Document("text")
        self.body = self.document.body
        self.body.clear()
        self.forms: dict[tuple[Form, ...], str] = {}
        self.last: dict[str, str] = {}  # of each numbering the list that counts on
        self.count = 0
        self.document.meta.title = regeling.title
        self.document.meta.language = "nl-NL"
        self._styles()
        self._footer(regeling.title)

    def file(self) -> bytes:
        at = 0
        lines = self.paper.lines
        while at < len(lines):
            line = lines[at]
            if isinstance(line, Item) and not line.number:
                stop = at
                while stop < len(lines) and _same(lines[stop], line):
                    stop += 1
                self._add(self._list([*lines[at:stop]], line))  # type: ignore[list-item]
                at = stop
                continue
            self._add(self._line(line))
            at += 1
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _add(self, xml: str) -> None:
        if xml:
            self.body.append(Element.from_tag(xml))

    def _line(self, line: Any) -> str:
        match line:
            case Title(text):
                return f'<text:p text:style-name="Title">{_text(text)}</text:p>'
            case Heading(text, level, row, new_page):
                return self._heading(text, level, row, new_page)
            case Item(text, _at, depth, _forms, number):
                return (
                    f'<text:p text:style-name="Getypt_{min(depth, 3)}">'
                    f"{_text(typed(number))}<text:tab/>{_text(text)}</text:p>"
                )
            case Text(text, depth, term):
                if term:
                    return (
                        '<text:p text:style-name="Begrip"><text:span '
                        f'text:style-name="Term">{_text(term)}</text:span>: '
                        f"{_text(text)}</text:p>"
                    )
                style = f"Inspringen_{min(depth, 3)}" if depth else "Tekst"
                return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'
            case Table(rows):
                return self._table(rows)
        return ""

    def _heading(self, text: str, level: int, row: str, new_page: bool) -> str:
        style = f"Kop_{level}{'_nieuw' if new_page else ''}"
        head = (
            f'<text:h text:style-name="{style}" text:outline-level="{level}">'
            f"{_text(text)}</text:h>"
        )
        if not row:
            return head
        name = "artikel" if row == "artikel" else "groepen"
        self.count += 1
        here = f"rij{self.count}"
        goes_on = (
            f' text:continue-list="{self.last[name]}"' if name in self.last else ""
        )
        self.last[name] = here
        inside = f"<text:list-item>{head}</text:list-item>"
        if row == "paragraaf":
            inside = f"<text:list-item><text:list>{inside}</text:list></text:list-item>"
        return (
            f'<text:list xml:id="{here}" text:style-name="Rij_{name}"{goes_on}>'
            f"{inside}</text:list>"
        )

    def _list(self, items: list[Item], first: Item) -> str:
        """One list, with the lists inside it."""
        name = self._list_style(first.forms)
        base = min(item.depth for item in items)

        def nested(start: int, depth: int) -> tuple[str, int]:
            xml = ""
            at = start
            while at < len(items) and items[at].depth >= depth:
                if items[at].depth > depth:
                    inner, at = nested(at, depth + 1)
                    xml += f"<text:list-item><text:list>{inner}</text:list></text:list-item>"
                    continue
                text = (
                    '<text:p text:style-name="Onderdeel">'
                    f"{_text(items[at].text)}</text:p>"
                )
                at += 1
                inner = ""
                if at < len(items) and items[at].depth > depth:
                    below, at = nested(at, depth + 1)
                    inner = f"<text:list>{below}</text:list>"
                xml += f"<text:list-item>{text}{inner}</text:list-item>"
            return xml, at

        xml, _end = nested(0, base)
        for _ in range(base):
            xml = f"<text:list-item><text:list>{xml}</text:list></text:list-item>"
        key = f"lijst{first.list}"
        goes_on = ""
        if key in self.last:
            goes_on = f' text:continue-list="{self.last[key]}"'
        self.count += 1
        self.last[key] = f"rij{self.count}"
        return (
            f'<text:list xml:id="{self.last[key]}" text:style-name="{name}"{goes_on}>'
            f"{xml}</text:list>"
        )

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> str:
        width = max((len(row) for row in rows), default=0)
        if not width:
            return ""
        self.count += 1
        written = "".join(
            "<table:table-row>"
            + "".join(
                '<table:table-cell table:style-name="Cel" office:value-type="string">'
                f'<text:p text:style-name="Tekst">{_text(cell)}</text:p></table:table-cell>'
                for cell in (*row, *[""] * (width - len(row)))
            )
            + "</table:table-row>"
            for row in rows
        )
        return (
            f'<table:table table:name="Tabel{self.count}">'
            f'<table:table-column table:number-columns-repeated="{width}"/>'
            f"{written}</table:table>"
        )

    # -- form ----------------------------------------------------------------

    def _styles(self) -> None:
        self._no_outline()

        def style(
            name: str, place: str, letters: str, parent: str = "Standard"
        ) -> None:
            shown = name.replace("_", " ")
            outline = ""
            if name.startswith("Kop_"):
                outline = (
                    f' style:default-outline-level="{name[4]}" style:list-style-name=""'
                )
            self._insert(
                f'<style:style style:name="{name}" style:display-name="{shown}" '
                f'style:family="paragraph" style:parent-style-name="{parent}"{outline}>'
                f"<style:paragraph-properties {place}/>"
                f'<style:text-properties fo:language="nl" fo:country="NL" {letters}/>'
                "</style:style>"
            )

        body = f'fo:font-size="11pt" {_FONT}'
        after = 'fo:margin-top="0cm" fo:margin-bottom="0.2cm"'
        style("Tekst", after, body)
        style("Onderdeel", after, body)
        style("Begrip", f'{after} fo:margin-left="1cm" fo:text-indent="-1cm"', body)
        for depth in (1, 2, 3):
            style(f"Inspringen_{depth}", f'{after} fo:margin-left="{depth}cm"', body)
        for depth in range(4):
            style(
                f"Getypt_{depth}",
                f'{after} fo:margin-left="{depth + 1}cm" fo:text-indent="-1cm"',
                body,
            )
        strong = f'fo:font-weight="bold" {_FONT} fo:color="#000000"'
        style("Title", 'fo:margin-bottom="0.5cm"', f'{strong} fo:font-size="22pt"')
        for level in range(1, 7):
            letters = f'{strong} fo:font-size="{_SIZES.get(level, 11)}pt"'
            place = (
                'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" '
                'fo:keep-with-next="always"'
            )
            style(f"Kop_{level}", place, letters, "Heading")
            style(
                f"Kop_{level}_nieuw",
                f'{place} fo:break-before="page"',
                letters,
                "Heading",
            )
        self._insert(
            '<style:style style:name="Term" style:family="text">'
            '<style:text-properties fo:font-weight="bold"/></style:style>'
        )
        self._insert(
            '<style:style style:name="Cel" style:family="table-cell">'
            '<style:table-cell-properties fo:padding="0.1cm" '
            'fo:border="0.5pt solid #000000"/></style:style>'
        )
        rows = self.paper.rows
        chapter = rows.get("hoofdstuk", "Hoofdstuk {}")
        section = rows.get("paragraaf", "§ {}")
        artikel = rows.get("artikel", "Artikel {}")
        self._list_levels("Rij_groepen", [_level(1, chapter), _level(2, section, 2)])
        self._list_levels("Rij_artikel", [_level(1, artikel)])

    def _footer(self, title: str) -> None:
        """The title and the number of the page below each page."""
        styles = self.document.styles
        (page,) = styles.get_elements("//style:master-page")
        page.append(
            Element.from_tag(
                f'<style:footer><text:p text:style-name="Tekst">{_text(title)}'
                '<text:s text:c="2"/>|<text:s text:c="2"/>'
                '<text:page-number text:select-page="current">1</text:page-number>'
                "</text:p></style:footer>"
            )
        )
        for form in styles.get_elements("//style:footer-style"):
            form.append(
                Element.from_tag(
                    '<style:header-footer-properties fo:min-height="0.8cm" '
                    'fo:margin-top="0.4cm"/>'
                )
            )

    def _no_outline(self) -> None:
        """Headings are numbered by our own lists, not by the outline of the template."""
        for old in self.document.styles.get_elements("//text:outline-style"):
            for level in old.children:
                level.set_attribute("style:num-format", "")
                level.set_attribute("style:num-suffix", "")

    def _list_style(self, forms: tuple[Form, ...]) -> str:
        if forms not in self.forms:
            name = self.forms[forms] = f"Leden_{len(self.forms) + 1}"
            self._list_levels(
                name,
                [
                    _level(
                        at, f"{{}}{_FORMS[form][1]}", form=_FORMS[form][0], indent=at
                    )
                    for at, form in enumerate(forms, 1)
                ],
            )
        return self.forms[forms]

    def _list_levels(self, name: str, levels: list[str]) -> None:
        self._insert(
            f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'
        )

    def _insert(self, xml: str) -> None:
        self.document.insert_style(xml)


def _level(
    level: int, text: str, shown: int = 1, form: str = "1", indent: int = 0
) -> str:
    """A level of a numbering; indent in centimetres, 0 for a heading."""
    before, _, after = text.partition("{}")
    followed = "listtab" if indent else "space"
    place = (
        f'text:list-tab-stop-position="{indent}cm" fo:text-indent="-1cm" '
        f'fo:margin-left="{indent}cm"'
        if indent
        else 'fo:text-indent="0cm" fo:margin-left="0cm"'
    )
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" '
        f'style:num-prefix="{escape(before)}" style:num-suffix="{escape(after)}" '
        f'text:start-value="1" text:display-levels="{shown}">'
        "<style:list-level-properties "
        'text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="{followed}" {place}/>'
        "</style:list-level-properties></text:list-level-style-number>"
    )


def _same(line: Any, first: Item) -> bool:
    return isinstance(line, Item) and line.list == first.list and not line.number


def _text(text: str) -> str:
    return escape(text)
