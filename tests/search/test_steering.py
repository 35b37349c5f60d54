"""What editors steer: loaded once, changed with the effect in view, taken back in one step."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from search import resources, services, steering
from search.documents import SearchQuery
from search.effect import effect_of
from search.judged import judged_queries, ndcg
from search.models import (
    BestBet,
    Document,
    SeededSynonym,
    SplitException,
    SteeringChange,
    StopSuggestion,
    Synonym,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(make_user):
    return make_user("redacteur", name="Bart")


@pytest.fixture(autouse=True)
def _read_again():
    resources.forget(anew=True)
    yield
    resources.forget(anew=True)


def titles(text):
    return [hit.title for hit in services.find(SearchQuery(text=text)).hits]


def synonym(**fields):
    return Synonym(**{"word": "zwevende kamer", "synonym": "wooncoach", **fields})


def bet(editor, **fields):
    page = Document.objects.get(title="Wooncoach")
    until = timezone.localdate() + datetime.timedelta(days=90)
    values = {"query": "majella", "document": page, "reason": "Hoort erbij"}
    return BestBet(**{**values, "until": until, "owner": editor, **fields})


# -- the word list -------------------------------------------------------------


def test_the_word_list_is_loaded_once_with_its_source():
    assert Synonym.objects.count() >= 300
    row = Synonym.objects.get(word="vhp", synonym="volkshuisvestingsprogramma")
    assert (row.both_ways, row.weight, row.source) == (True, 0.9, "domein 3.15")
    assert steering.seed_synonyms() == 0


def test_loading_again_leaves_what_an_editor_did(editor):
    changed, off, gone = Synonym.objects.all()[:3]
    changed.weight, changed.synonym = 0.3, "iets anders"
    off.active = False
    steering.save(actor=editor, row=changed)
    steering.save(actor=editor, row=off)
    steering.delete(actor=editor, row=gone)
    count = Synonym.objects.count()
    assert steering.seed_synonyms() == 0
    assert Synonym.objects.count() == count
    changed.refresh_from_db()
    off.refresh_from_db()
    assert (changed.synonym, changed.weight, off.active) == ("iets anders", 0.3, False)


def test_a_new_row_of_the_list_is_added_and_an_editors_own_row_kept(editor):
    own = Synonym.objects.get(word="vhp", synonym="volkshuisvestingsprogramma")
    own.weight = 0.4
    own.save()
    SeededSynonym.objects.filter(word__in=("vhp", "spuk")).delete()
    Synonym.objects.filter(word="spuk").delete()
    assert steering.seed_synonyms() == 1
    own.refresh_from_db()
    assert own.weight == 0.4
    assert Synonym.objects.filter(word="spuk").exists()


# -- changes count at once and can be taken back ------------------------------------


def test_a_synonym_counts_at_once_and_is_undone_in_one_step(small_index, editor):
    assert "Wooncoach" not in titles("zwevende kamer")[:1]
    change = steering.save(actor=editor, row=synonym())
    assert titles("zwevende kamer")[0] == "Wooncoach"
    steering.undo(actor=editor, change=change)
    assert "Wooncoach" not in titles("zwevende kamer")[:1]
    assert not Synonym.objects.filter(word="zwevende kamer").exists()


def test_switching_off_and_deleting_are_undone(small_index, editor):
    row = synonym()
    steering.save(actor=editor, row=row)
    row.active = False
    off = steering.save(actor=editor, row=row)
    assert off.action == SteeringChange.Action.OFF
    assert "Wooncoach" not in titles("zwevende kamer")[:1]
    steering.undo(actor=editor, change=off)
    assert titles("zwevende kamer")[0] == "Wooncoach"
    row.refresh_from_db()
    pk = row.pk
    gone = steering.delete(actor=editor, row=row)
    assert not Synonym.objects.filter(pk=pk).exists()
    back = steering.undo(actor=editor, change=gone)
    assert titles("zwevende kamer")[0] == "Wooncoach"
    assert Synonym.objects.get(pk=pk).owner == editor
    steering.undo(actor=editor, change=back)
    assert not Synonym.objects.filter(pk=pk).exists()


def test_only_the_last_change_of_a_row_is_undone(editor):
    row = synonym()
    first = steering.save(actor=editor, row=row)
    row.weight = 0.9
    second = steering.save(actor=editor, row=row)
    assert steering.undoable([first, second]) == {second.pk}
    with pytest.raises(ValidationError):
        steering.undo(actor=editor, change=first)
    steering.undo(actor=editor, change=second)
    row.refresh_from_db()
    assert row.weight == 0.5


def test_undo_of_a_deletion_refuses_when_another_row_has_the_words(editor):
    row = synonym()
    steering.save(actor=editor, row=row)
    gone = steering.delete(actor=editor, row=row)
    steering.save(actor=editor, row=synonym())
    with pytest.raises(ValidationError, match="dezelfde woorden"):
        steering.undo(actor=editor, change=gone)


def test_nothing_changed_is_no_history(editor):
    row = synonym()
    assert steering.save(actor=editor, row=row)
    assert steering.save(actor=editor, row=row) is None
    assert SteeringChange.objects.count() == 1


@pytest.mark.parametrize("group", ["loketmedewerker", "deskundige", "programmamanager"])
def test_only_editors_steer(make_user, editor, group):
    other = make_user(group)
    change = steering.save(actor=editor, row=synonym())
    row = Synonym.objects.get(word="zwevende kamer")
    for act in (
        lambda: steering.save(actor=other, row=synonym(word="ander")),
        lambda: steering.delete(actor=other, row=row),
        lambda: steering.undo(actor=other, change=change),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_bet_comes_first_until_its_day(small_index, editor):
    steering.save(actor=editor, row=bet(editor))
    hit = services.find(SearchQuery(text="majella")).hits[0]
    assert (hit.title, hit.recommended) == ("Wooncoach", True)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        steering.save(actor=editor, row=bet(editor, query="x", until=yesterday))


def test_a_bet_that_goes_with_its_page_comes_back_by_undo(small_index, editor):
    from knowledge.models import KennisPagina

    steering.save(actor=editor, row=bet(editor))
    page = KennisPagina.objects.get(slug="wooncoach").specific
    page.unpublish()
    services.refresh("instrument", page.pk)
    assert not BestBet.objects.exists()
    lost = SteeringChange.objects.first()
    assert (lost.by, lost.action) == (None, SteeringChange.Action.DELETED)
    with pytest.raises(ValidationError, match="er niet meer"):
        steering.undo(actor=editor, change=lost)
    page.save_revision().publish()
    services.refresh("instrument", page.pk)
    steering.undo(actor=editor, change=lost)
    assert titles("majella")[0] == "Wooncoach"


def test_a_split_and_a_stopped_suggestion_count_at_once(small_index, editor):
    assert services.suggest("majella")
    steering.save(actor=editor, row=StopSuggestion(text="Majella W"))
    assert services.suggest("majella") == []
    word = "qqzzplk"
    assert "Wooncoach" not in titles(word)[:1]
    steering.save(actor=editor, row=SplitException(word=word, parts="wooncoach"))
    assert titles(word)[0] == "Wooncoach"


# -- the effect ----------------------------------------------------------------------


def test_the_judged_queries_ship_with_the_product():
    queries = judged_queries()
    assert len(queries) >= 200
    assert sum(bool(query.grades) for query in queries) > 150


def test_ndcg_is_that_of_trec():
    grades = {"a": 2, "b": 1, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == pytest.approx(1)
    assert ndcg(["x", "a"], grades) == pytest.approx((2 / 1.5849625) / 3.1309298)
    assert ndcg(["x"], grades) == 0
    assert ndcg(["a"], {}) == 0


def test_the_effect_is_shown_and_nothing_is_stored(small_index, editor):
    before = titles("zwevende kamer")
    effect = effect_of(synonym(), "zwevende kamer")
    assert [line.title for line in effect.typed.before] == before[:5]
    assert effect.typed.after[0].title == "Wooncoach"
    assert effect.typed.moved
    assert effect.affected == 0
    assert not Synonym.objects.filter(word="zwevende kamer").exists()
    assert titles("zwevende kamer") == before


def test_the_effect_works_out_only_the_judged_queries_it_touches(small_index, editor):
    row = synonym(word="urgentie", synonym="wooncoach", weight=1.0)
    effect = effect_of(row)
    assert 0 < effect.affected < effect.judged / 2
    assert effect.moved
    assert all("urgentie" in moved.text.lower() for moved in effect.moved)
    assert any(moved.moved for moved in effect.moved)
    assert effect.mean_before is not None
    assert 0 <= effect.mean_after <= 1


def test_the_effect_of_a_bet_and_of_switching_off(small_index, editor):
    effect = effect_of(bet(editor, query="verplichte urgentiecategorie"), "majella")
    assert not effect.typed.moved
    assert effect.affected >= 1
    row = Synonym.objects.filter(word="urgentie").first()
    row.active = False
    assert effect_of(row).affected > 0
    assert Synonym.objects.get(pk=row.pk).active


def test_the_effect_of_a_stopped_suggestion_is_on_suggestions(small_index):
    effect = effect_of(StopSuggestion(text="majella"), "majella")
    assert effect.typed.before[0].title == "Majella Wonen"
    assert effect.typed.after == ()


# -- the section -----------------------------------------------------------------------


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


SECTION = [
    "search_synonyms:index",
    "search_best_bets:index",
    "search_stops:index",
    "search_splits:index",
    "search_approved:index",
    "search_queries",
    "search_changes",
]


@pytest.mark.parametrize("name", SECTION)
def test_editors_have_the_section_and_the_desk_has_not(client, make_user, editor, name):
    client.force_login(editor)
    assert client.get(reverse(name)).status_code == 200
    client.force_login(make_user("loketmedewerker"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_an_editor_adds_tries_and_takes_back_a_synonym(small_index, admin, editor):
    add = reverse("search_synonyms:add")
    form = {"word": "zwevende kamer", "synonym": "wooncoach", "weight": "0.5"}
    form |= {"owner": editor.pk, "active": "on", "source": ""}
    shown = admin.post(add, {**form, "bekijk": "1", "probeer": "zwevende kamer"})
    content = shown.content.decode()
    assert shown.status_code == 200
    assert "Wooncoach" in content
    assert 'value="zwevende kamer"' in content
    assert not Synonym.objects.filter(word="zwevende kamer").exists()
    assert admin.post(add, form).status_code == 302
    row = Synonym.objects.get(word="zwevende kamer")
    assert row.owner == editor
    assert titles("zwevende kamer")[0] == "Wooncoach"
    again = admin.post(add, form)
    assert again.status_code == 200
    admin.post(reverse("search_synonyms:delete", args=[row.pk]))
    history = admin.get(reverse("search_changes")).content.decode()
    assert history.count("zwevende kamer → wooncoach") >= 2
    change = SteeringChange.objects.first()
    assert admin.get(reverse("search_undo", args=[change.pk])).status_code == 405
    admin.post(reverse("search_undo", args=[change.pk]))
    assert Synonym.objects.filter(pk=row.pk).exists()


def test_a_bet_is_made_by_title_or_address(small_index, admin, editor):
    add = reverse("search_best_bets:add")
    page = Document.objects.get(title="Wooncoach")
    until = timezone.localdate() + datetime.timedelta(days=10)
    form = {"query": "majella", "reason": "Hoort erbij", "until": until.isoformat()}
    form |= {"owner": editor.pk, "active": "on"}
    wrong = admin.post(add, {**form, "document": "Bestaat niet"})
    assert "kennen wij niet" in wrong.content.decode()
    for given in ("wooncoach", f"Wooncoach ({page.kind_label})", page.url):
        answer = admin.post(add, {**form, "document": given})
        assert answer.status_code == 302, given
        assert BestBet.objects.get().document == page
        edit = reverse("search_best_bets:edit", args=[BestBet.objects.get().pk])
        assert f"Wooncoach ({page.kind_label})" in admin.get(edit).content.decode()
        BestBet.objects.all().delete()
    for missing in ("until", "owner", "reason"):
        answer = admin.post(add, {**form, "document": "wooncoach", missing: ""})
        assert answer.status_code == 200
    assert not BestBet.objects.exists()
    found = admin.get(reverse("search_pages"), {"q": "woonco"}).json()["paginas"]
    assert f"Wooncoach ({page.kind_label})" in found


def test_lists_are_searched_and_filtered(small_index, admin, editor):
    url = reverse("search_synonyms:index")
    assert "vhp" in admin.get(url, {"q": "vhp"}).content.decode()
    row = Synonym.objects.get(word="vhp")
    row.active = False
    steering.save(actor=editor, row=row)
    off = admin.get(url, {"toon": "uit"})
    assert [r.pk for r in off.context["object_list"]] == [row.pk]
    without = admin.get(url, {"toon": "zonder-eigenaar"})
    assert row.pk not in {r.pk for r in without.context["object_list"]}
    soon = timezone.localdate() + datetime.timedelta(days=10)
    steering.save(actor=editor, row=bet(editor))
    ends = bet(editor, query="anders", until=soon)
    steering.save(actor=editor, row=ends)
    found = admin.get(reverse("search_best_bets:index"), {"toon": "loopt-af"})
    assert [r.pk for r in found.context["object_list"]] == [ends.pk]


def test_the_lists_cost_a_fixed_number_of_queries(
    admin, editor, django_assert_max_num_queries
):
    for number in range(30):
        steering.save(actor=editor, row=synonym(word=f"woord {number}"))
    with django_assert_max_num_queries(20):
        admin.get(reverse("search_synonyms:index"))
    with django_assert_max_num_queries(20):
        admin.get(reverse("search_changes"))
