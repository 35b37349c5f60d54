"""A small site for tests: real lists, ten small pages, one of each kind."""

from pathlib import Path

from knowledge.starter.parsing import (
    STARTER_ROOT,
    StarterContent,
    load_content,
    parse_page,
)

FOLDER = Path(__file__).parent / "starter"


def small_content() -> StarterContent:
    """The pages of tests/starter with the lists of the product."""
    lists = load_content(STARTER_ROOT).lists
    pages = tuple(
        parse_page(path, path.read_text()) for path in sorted(FOLDER.rglob("*.md"))
    )
    return StarterContent(pages, lists, STARTER_ROOT)


def fill_site() -> None:
    """Everything that an installation has after its first start, with small content."""
    from core.loading import load_gemeenten, load_regios
    from core.models import Outbox
    from core.services import ensure_groups
    from knowledge.services import ensure_editorial
    from knowledge.starter.loading import load
    from loket.setup import ensure_loket
    from search.steering import ensure_rights, seed_synonyms

    load_gemeenten()
    load_regios()
    groups = ensure_groups()
    ensure_editorial(groups)
    ensure_rights(groups)
    seed_synonyms()
    load(small_content())
    ensure_loket()
    Outbox.objects.all().delete()
