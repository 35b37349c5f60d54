"""Checks on every template: it compiles, and holds nothing that the CSP refuses."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

FORBIDDEN = {
    r"\sstyle\s*=\s*[\"']": "inline stijl (style=)",
    r"<style\b": "inline stijlblok",
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>": "inline script",
    r"\son[a-z]+\s*=\s*[\"']": "inline handler (on…=)",
    r"href=\"javascript:": "javascript-adres",
}
# A mail has no stylesheet to link to; where a page shows one, its hash is let through.
MAIL = ROOT / "site" / "templates" / "mail" / "base.html"


def main() -> int:
    import django

    django.setup()
    from django.template import TemplateSyntaxError, engines

    engine = engines["django"]
    faults = 0
    paths = [
        path
        for base in ("site", "knowledge", "loket", "experts", "search")
        for path in sorted((ROOT / base).rglob("templates/**/*"))
        if path.suffix in (".html", ".md") and path.is_file()
    ]
    for path in paths:
        text = path.read_text()
        try:
            engine.from_string(text)
        except TemplateSyntaxError as error:
            print(f"{path.relative_to(ROOT)}: {error}")
            faults += 1
        for pattern, name in FORBIDDEN.items():
            if path == MAIL and "stijlblok" in name:
                continue
            for match in re.finditer(pattern, text):
                line = text[: match.start()].count("\n") + 1
                print(f"{path.relative_to(ROOT)}:{line}: {name}")
                faults += 1
    print(f"{len(paths)} sjablonen, {faults} fouten", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
