"""Pages under a view restriction: outside every public total, inside for who may read."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from core.person import ANONYMOUS, Person
from knowledge.models import Handreiking, OverzichtPagina
from search import registry, services
from search.documents import SearchQuery

pytestmark = pytest.mark.django_db

ALL = SearchQuery(text="")


@pytest.fixture
def page():
    return Handreiking.objects.get()


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(
        page=page,
        restriction_type=kind,
        password="geheim" if kind == "password" else "",
    )
    restriction.groups.set(Group.objects.filter(name__in=groups))
    return restriction


def kinds(results):
    return {value.value: value.count for value in results.facets["soort"]}


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_public_totals_and_facets_follow_a_restriction(index, outbox, page, kind):
    before = services.find(ALL)
    assert kinds(before)["handreiking"] == 1
    restriction = restrict(page, kind, "redacteur")
    outbox()
    during = services.find(ALL)
    assert during.total == before.total - 1
    assert "handreiking" not in kinds(during)
    assert registry.get("handreiking").document(page.pk).audience == "redactie"
    restriction.delete()
    outbox()
    after = services.find(ALL)
    assert after.total == before.total
    assert kinds(after) == kinds(before)


def test_a_restriction_holds_for_what_is_under_the_page(index, outbox, page):
    restriction = restrict(OverzichtPagina.objects.get(soort="handreiking"), "login")
    outbox()
    assert "handreiking" not in kinds(services.find(ALL))
    restriction.delete()
    outbox()
    assert kinds(services.find(ALL))["handreiking"] == 1


def test_staff_who_may_read_it_find_it(index, outbox, page, make_user):
    restrict(page, "groups", "redacteur")
    outbox()
    query = SearchQuery(text="", filters={"soort": ("handreiking",)})
    assert services.find(query, Person(user=make_user("redacteur"))).total == 1
    for other in (ANONYMOUS, Person(user=make_user("beheerder"))):
        assert services.find(query, other).hits == ()


@pytest.mark.parametrize(
    ("kind", "seen_by"),
    [
        ("login", {"redacteur", "deskundige", "beheerder", "superuser"}),
        ("groups", {"redacteur", "superuser"}),
        ("password", set()),
    ],
)
def test_who_sees_a_restricted_page_follows_the_rule_of_the_restriction(
    page, make_user, kind, seen_by
):
    restrict(page, kind, "redacteur")
    people = {
        "niemand": ANONYMOUS,
        "uitgeschakeld": Person(user=make_user("redacteur", is_active=False)),
        "superuser": Person(user=make_user(is_superuser=True)),
        **{
            name: Person(user=make_user(name))
            for name in ("redacteur", "deskundige", "beheerder")
        },
    }
    indexer = registry.get("handreiking")
    found = {
        name
        for name, person in people.items()
        if indexer.visible_ids(person, [page.pk]) == {page.pk}
    }
    assert found == seen_by


def test_the_number_of_queries_does_not_grow_with_the_restrictions(
    page, make_user, django_assert_max_num_queries
):
    from knowledge.models import KennisPagina

    person = Person(user=make_user("deskundige"))
    for other in KennisPagina.objects.live():
        restrict(other, "login")
    indexer = registry.get("handreiking")
    with django_assert_max_num_queries(4):
        assert indexer.visible_ids(person, [page.pk]) == {page.pk}


def test_deleting_a_restricted_page_leaves_nothing_behind(index, outbox, page):
    restrict(page, "login")
    outbox()
    page.delete()
    outbox()
    assert services.check() == {"missing": [], "superfluous": [], "stale": []}
