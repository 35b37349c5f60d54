"""``manage.py standen``: writes docs/standen.md, the state table of a question, from the code."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.template.loader import get_template
from django.utils import translation

from loket.states import (
    ACTS,
    OUTSIDE,
    ROLES,
    STILL,
    TO_STAFF,
    TRANSITIONS,
    VraagStatus,
)

HEAD = """# De standen van een vraag

Deze pagina komt uit `loket/states.py`, met `manage.py standen`. Verander haar daar: een test ziet het als zij afwijkt.
Elke handeling die hier niet bij een stand staat, wordt in die stand geweigerd en verandert niets.
"""
TAIL = """
Een reactie van een collega die de vrager toeliet, telt als een reactie van de vrager. Gaat een vraag verder in een andere van
dezelfde vrager, dan tellen reacties voor die andere. Het bericht bij samenvoegen gaat alleen naar een andere vrager, en niet als
die wordt gevraagd mee te lezen. Collega's die meelezen krijgen elk bericht aan de vrager ook, behalve dat van ontvangst, splitsen
en publiceren. Alle open vragen overdragen geeft één mail. Herinneren, sluiten na stilte en melden dat het later wordt, doet de
taak `loket.watch_clock`, elk kwartier. De termijnen daarvan staan op `/beheer/termijnen/`.
"""


# What who reads along gets instead of what the asker gets.
_FOR_READERS = re.compile(r"{% if leest_mee %}.*?{% else %}(.*?){% endif %}")


def path() -> Path:
    return Path(settings.ROOT) / "docs" / "standen.md"


def subject(template: str) -> str:
    """The subject line of a mail template, as the asker reads it."""
    source = cast(Any, get_template(f"mail/{template}.md")).template.source
    line = source.splitlines()[0].removeprefix("Onderwerp:").strip()
    line = _FOR_READERS.sub(r"\1", line).replace(" ({{ kenmerk }})", "")
    return line.replace("{{ kenmerk }}", "…")


def render() -> str:
    """The page: a diagram and a table."""
    names = {status: str(status.label) for status in VraagStatus}
    ids = {status: status.value.replace("-", "_") for status in VraagStatus}
    lines = [HEAD, "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{names[status]}" as {ids[status]}' for status in VraagStatus]
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in TRANSITIONS:
        for source in row.sources or (None,):
            target = row.target or source
            if target is not None and source != target:
                key = (ids[source] if source else "[*]", ids[target])
                act = str(ACTS[row.act])
                known = arrows.setdefault(key, [])
                if act not in known:
                    known.append(act)
    lines += [f"    {a} --> {b}: {', '.join(acts)}" for (a, b), acts in arrows.items()]
    lines += [
        "```",
        "",
        "| Handeling | Door | Vanuit | Naar | Bericht aan de vrager |",
        "|---|---|---|---|---|",
    ]
    for row in TRANSITIONS:
        sources = ", ".join(names[source] for source in row.sources) or "(nog niets)"
        target_name = names[row.target] if row.target else "blijft zo"
        mail = f"‘{subject(row.mail)}’ (`{row.mail}`)" if row.mail else "–"
        lines.append(
            f"| {ACTS[row.act]} (`{row.act}`) | {ROLES[row.by]} | {sources} | {target_name} | {mail} |"
        )
    lines += [
        "",
        "## Wat de stand niet verandert",
        "",
        "| Handeling | Door | Bericht |",
        "|---|---|---|",
    ]
    for still in STILL:
        mail = (
            f"‘{subject(still.mail)}’ (`{still.mail}`) aan {still.to}"
            if still.mail
            else "–"
        )
        lines.append(f"| {still.words} (`{still.act}`) | {ROLES[still.by]} | {mail} |")
    lines += ["", "Mail aan medewerkers over hun werk:", ""]
    lines += [f"- `{name}`: {words}." for name, words in TO_STAFF.items()]
    lines += ["", "Buiten de tabel:", ""]
    lines += [f"- `{name}`: {words}." for name, words in OUTSIDE.items()]
    return "\n".join(lines) + "\n" + TAIL


class Command(BaseCommand):
    help = "Schrijf de standentabel van een vraag naar docs/standen.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="alleen kijken of de pagina klopt"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        with translation.override("nl"):
            text = render()
        if check:
            if not path().exists() or path().read_text() != text:
                raise CommandError(
                    "docs/standen.md wijkt af van de code. Draai manage.py standen.",
                    returncode=1,
                )
            return
        path().write_text(text)
        self.stdout.write(f"{path()} is geschreven.")
