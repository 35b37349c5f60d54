"""From a page back to the question it was made from, for who may see that question."""

import pytest

from core.models import Team
from core.person import Person
from knowledge import registry, services
from knowledge.models import Bron, VraagEnAntwoord
from tests.factories.knowledge import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(make_user, ask):
    vraag = ask()
    return services.create_answer_draft(
        user=make_user("deskundige"),
        title="Mag dat?",
        kort_antwoord="Ja.",
        sections=[
            services.DraftSection(
                "Antwoord", "<p>Ja.</p>", ((Bron.objects.first().pk, ""),)
            )
        ],
        team=Team.objects.get(slug="uitstroom"),
        origin_key=vraag.key,
    ), vraag


def test_the_editor_shows_the_question_to_who_may_see_it(client, page, make_user):
    page, vraag = page
    for groups, sees in (
        (("redacteur", "loketmedewerker"), True),
        (("beheerder",), True),
        (("redacteur",), False),
    ):
        client.force_login(make_user(*groups))
        content = client.get(f"/redactie/pages/{page.pk}/edit/").content.decode()
        assert (f'href="/werkplek/{vraag.reference}/"' in content) is sees
        assert (vraag.reference in content) is sees


def test_a_page_without_a_question_shows_none(client, make_user):
    user = make_user("beheerder")
    for key in ("", "vraag:999999", "anders:1"):
        assert registry.origin_of(Person(user=user), key) is None
    client.force_login(user)
    page = draft(user, model=VraagEnAntwoord)
    content = client.get(f"/redactie/pages/{page.pk}/edit/").content.decode()
    assert "Gemaakt van een vraag" not in content


def test_a_copy_is_not_the_page_of_that_question(page):
    page, _vraag = page
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert page.origin_key
    assert copy.origin_key == ""
