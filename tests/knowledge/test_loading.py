"""Loading again never undoes what the editors decided."""

from dataclasses import replace

import pytest
from wagtail.models import Page

from knowledge import services
from knowledge.models import (
    Begrip,
    Bron,
    Doelgroep,
    KennisPagina,
    Kerncijfer,
    OverzichtPagina,
    Startinhoud,
)
from knowledge.starter.loading import load
from tests.content import small_content

pytestmark = pytest.mark.django_db

KEY = "instrument/wooncoach"


@pytest.fixture
def page():
    return KennisPagina.objects.get(slug="wooncoach").specific


def changed(*slugs):
    """The small content, with another title for these pages."""
    content = small_content()
    pages = tuple(
        replace(p, head={**p.head, "titel": "Uit het bestand"})
        if p.slug in slugs
        else p
        for p in content.pages
    )
    return replace(content, pages=pages)


def test_a_file_that_changed_updates_a_page_nobody_touched(page):
    report = load(changed("wooncoach"))
    assert (report.updated, report.edited) == (1, [])
    page.refresh_from_db()
    assert page.title == "Uit het bestand"
    assert page.live is True
    assert load(changed("wooncoach")).updated == 0


def test_a_page_that_was_taken_offline_stays_offline(page, make_user):
    services.unpublish(user=make_user("redacteur"), page=page)
    report = load(changed("wooncoach"))
    assert report.edited == [KEY]
    page.refresh_from_db()
    assert page.live is False
    assert page.title == "Wooncoach"


@pytest.mark.parametrize("same", [True, False])
def test_a_page_that_was_deleted_stays_away(page, same):
    page.delete()
    report = load(small_content() if same else changed("wooncoach"))
    assert report.made == 0
    assert report.edited == ([] if same else [KEY])
    assert not KennisPagina.objects.filter(slug="wooncoach").exists()


def test_a_page_that_was_moved_keeps_its_place_and_text(page):
    other = OverzichtPagina.objects.get(soort="handreiking")
    page.move(Page.objects.get(pk=other.pk), pos="last-child")
    report = load(changed("wooncoach"))
    assert report.edited == [KEY]
    page.refresh_from_db()
    assert page.get_parent().pk == other.pk
    assert page.title == "Wooncoach"


def test_a_page_that_was_confirmed_keeps_its_dates(page, make_user):
    services.mark_reviewed(user=make_user("redacteur"), page=page)
    before = KennisPagina.objects.get(pk=page.pk).gecontroleerd_op
    assert load(changed("wooncoach")).edited == [KEY]
    assert KennisPagina.objects.get(pk=page.pk).gecontroleerd_op == before


def test_a_copy_of_a_page_is_not_taken_for_the_page(page):
    page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert load(changed("wooncoach")).updated == 1
    page.refresh_from_db()
    assert page.title == "Uit het bestand"
    assert KennisPagina.objects.get(slug="kopie").title == "Kopie"


def test_a_removed_example_does_not_stop_a_page_that_names_it():
    KennisPagina.objects.get(slug="majella-wonen").specific.delete()
    content = changed("woonzorgvisie")
    pages = tuple(
        replace(p, head={**p.head, "voorbeelden": ["majella-wonen"]})
        if p.kind == "gereedschapskist"
        else p
        for p in content.pages
    )
    assert load(replace(content, pages=pages)).updated == 1


def test_a_term_or_figure_that_was_removed_stays_away():
    Begrip.objects.get(slug="huisvestingsverordening").delete()
    group = Doelgroep.objects.get()
    figure = Kerncijfer.objects.first()
    figure.delete()
    content = changed(group.slug)
    pages = tuple(
        replace(p, head={**p.head, "cijfers": [figure.slug]})
        if p.kind == "doelgroep"
        else p
        for p in content.pages
    )
    assert load(replace(content, pages=pages)).updated == 1
    assert not Begrip.objects.filter(slug="huisvestingsverordening").exists()
    assert not Kerncijfer.objects.filter(slug=figure.slug).exists()
    assert list(Doelgroep.objects.get().cijfers.all()) == []


def test_a_term_that_was_taken_offline_stays_offline():
    begrip = Begrip.objects.get(slug="huisvestingsverordening")
    begrip.unpublish()
    load(small_content())
    begrip.refresh_from_db()
    assert begrip.live is False


def test_a_removed_source_comes_back_when_a_page_needs_it():
    content = small_content()
    page = next(p for p in content.pages if p.kind == "instrument")
    source = page.sections[0].sources[0].key
    Begrip.objects.all().delete()
    Kerncijfer.objects.all().delete()
    from knowledge.models import Organisatie

    Organisatie.objects.update(bron=None)
    Bron.objects.get(slug=source).delete()
    load(content)
    assert not Bron.objects.filter(slug=source).exists()
    load(changed(page.slug))
    assert Bron.objects.filter(slug=source).exists()


def test_everything_that_was_loaded_is_remembered():
    keys = set(Startinhoud.objects.values_list("key", flat=True))
    assert {page.key for page in small_content().pages} <= keys
    assert "begrip/huisvestingsverordening" in keys
