"""The measuring itself, and what the search finds of the judged queries."""

import gzip
import json
import math
import random
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.models import Begrip, KennisPagina, Startinhoud
from knowledge.starter.loading import load
from search import engines, resources, services
from search.evaluation import trec
from search.evaluation.collection import seeded_rules
from search.evaluation.content import read_judgements
from search.evaluation.difference import compare, page
from search.evaluation.measures import means, per_query
from search.evaluation.significance import p_value
from search.models import Document, IndexState
from tests import relevance

ARTICLES = [
    ("awb:6:7", "Algemene wet bestuursrecht", "Artikel 6:7", "Bezwaartermijn",
     "De termijn voor het indienen van een bezwaarschrift bedraagt zes weken."),
    ("awb:3:46", "Algemene wet bestuursrecht", "Artikel 3:46", "Motivering",
     "Een besluit dient te berusten op een deugdelijke motivering."),
    ("gw:149", "Gemeentewet", "Artikel 149", "Verordeningen",
     "De raad maakt de verordeningen die hij in het belang van de gemeente nodig oordeelt."),
    ("hw:12", "Huisvestingswet 2014", "Artikel 12", "Urgentie",
     "De gemeenteraad stelt vast welke woningzoekenden voorrang krijgen."),
]  # fmt: skip


@pytest.fixture
def collection(tmp_path):
    """Paths of a small collection: documents, queries, qrels."""
    docs = tmp_path / "docs.jsonl.gz"
    with gzip.open(docs, "wt", encoding="utf-8") as file:
        for key, law, article, heading, text in ARTICLES:
            row = {"id": key, "law": law, "article": article, "heading": heading,
                   "path": "Hoofdstuk 1", "text": text, "law_id": "telt niet mee"}  # fmt: skip
            file.write(json.dumps(row) + "\n")
    queries, qrels = tmp_path / "q.tsv", tmp_path / "q.qrels"
    queries.write_text(
        "a\tbezwaartermijn\tkw\nb\tartikel 3:46 awb\tartikel\nc\tqxqxqx\tkw\n"
        "d\tzonder oordeel\tkw\n"
    )
    qrels.write_text("a 0 awb:6:7 2\nb 0 awb:3:46 1\nc 0 hw:12 1\n")
    return {"docs": docs, "queries": queries, "qrels": qrels}


def evaluate(capsys, collection, *more):
    paths = [f"--{name}={path}" for name, path in collection.items()]
    call_command("evaluate_search", *paths, *more)
    return json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_it_measures_a_collection_and_leaves_nothing_behind(
    index, collection, capsys, tmp_path
):
    before = list(IndexState.objects.values("engine", "directory", "commit"))
    documents = Document.objects.count()
    out = tmp_path / "uit.run"
    answer = evaluate(capsys, collection, "--run", str(out))
    assert {
        "engine", "queries", "ndcg@10", "rr@10", "recall@3", "recall@100",
        "zero_results", "by_class", "p50_ms", "p95_ms", "index_docs_per_s",
    } <= set(answer)  # fmt: skip
    assert answer["queries"] == 3
    assert answer["by_class"]["artikel"]["ndcg@10"] == 1.0
    assert answer["zero_results"] == pytest.approx(1 / 3, abs=1e-4)
    run = trec.read_run(out)
    assert run["a"][0] == "awb:6:7"
    assert run["b"][0] == "awb:3:46"
    assert list(IndexState.objects.values("engine", "directory", "commit")) == before
    assert Document.objects.count() == documents


@pytest.mark.django_db
def test_a_field_can_be_left_out(index, collection, capsys):
    collection["queries"].write_text("a\turgentie\n")
    collection["qrels"].write_text("a 0 hw:12 1\n")
    assert evaluate(capsys, collection, "--synonyms=none")["ndcg@10"] == 1.0
    blanked = evaluate(capsys, collection, "--blank=heading", "--synonyms=none")
    assert blanked["zero_results"] == 1.0


@pytest.mark.django_db
def test_seeded_synonyms_can_be_left_out(index, collection, capsys):
    word = next(r.word for r in seeded_rules() if r.synonym == "verordening")
    collection["queries"].write_text(f"a\t{word}\n")
    collection["qrels"].write_text("a 0 gw:149 1\n")
    assert evaluate(capsys, collection)["recall@100"] == 1.0
    without = evaluate(capsys, collection, "--synonyms=none")
    assert without["recall@100"] == 0.0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("docs", "geen json\n", "1: geen JSON"),
        ("docs", '{"id": "a"}\n[]\n', "2: geen JSON"),
        ("queries", "zonder tab\n", "1: verwacht id"),
        ("qrels", "a 0 x\n", "1: verwacht vraag"),
        ("qrels", "zz 0 x 1\n", "geen oordeel"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    index, collection, tmp_path, name, text, says
):
    collection[name] = tmp_path / "fout.jsonl"
    collection[name].write_text(text)
    with pytest.raises(CommandError, match=says) as fault:
        call_command("evaluate_search", *[f"--{n}={p}" for n, p in collection.items()])
    assert fault.value.returncode == 2
    assert str(collection[name]) in str(fault.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["docs", "queries", "qrels"])
def test_an_absent_file_stops_with_one_line(index, collection, name):
    collection[name] = Path("/bestaat/niet.gz")
    with pytest.raises(CommandError, match=r"/bestaat/niet\.gz") as fault:
        call_command("evaluate_search", *[f"--{n}={p}" for n, p in collection.items()])
    assert fault.value.returncode == 2


def test_measures_of_a_run_by_hand():
    qrels = {"a": {"x": 2, "y": 1}, "b": {"z": 1}, "c": {"w": 1}}
    values = per_query(qrels, {"a": ["q", "y", "x"], "b": ["z"], "c": []})
    ideal = 2 + 1 / math.log2(3)
    assert values["a"]["ndcg@10"] == pytest.approx((1 / math.log2(3) + 2 / 2) / ideal)
    assert values["a"]["rr@10"] == 0.5
    assert values["a"]["unjudged@10"] == pytest.approx(1 / 3)
    assert values["c"] == {
        "ndcg@10": 0, "rr@10": 0, "success@3": 0, "recall@3": 0, "recall@100": 0,
        "unjudged@10": 0, "zero_results": 1,
    }  # fmt: skip
    assert means(values, {"b"})["recall@3"] == 1.0
    assert means(values)["zero_results"] == pytest.approx(1 / 3)


def test_the_order_of_a_run_survives_its_file(tmp_path):
    run = {"a": [f"d{n}" for n in range(200)], "b": []}
    trec.write_run(tmp_path / "x.run", run)
    assert trec.read_run(tmp_path / "x.run") == {"a": run["a"]}
    trec.write_run(tmp_path / "x.run", run, depth=3)
    assert trec.read_run(tmp_path / "x.run") == {"a": run["a"][:3]}


def test_chance_gives_a_high_p_and_a_real_drop_a_low_one():
    chance = random.Random(3)
    one = [chance.random() for _ in range(200)]
    assert p_value(one, one) == 1.0
    noise = [value + chance.choice((-0.1, 0.1)) for value in one]
    assert p_value(one, noise) > 0.05
    worse = [value - 0.1 * chance.random() for value in one]
    assert p_value(one, worse) < 0.001
    assert p_value(one, worse) == p_value(one, worse)
    # Three of three pairs agree: of the eight ways to swap them two are as extreme.
    assert p_value([1, 1, 1], [0, 0, 0]) == pytest.approx(0.25, abs=0.02)


def test_a_drop_counts_when_it_is_large_and_no_chance():
    qrels = {f"q{n}": {"goed": 1} for n in range(60)}
    before = {query: ["goed", "fout"] for query in qrels}
    same = compare(qrels, before, before)
    assert not same.is_drop
    two = {
        q: ["fout", "goed"] if n < 2 else f for n, (q, f) in enumerate(before.items())
    }
    assert not compare(qrels, before, two).is_drop
    many = {
        q: ["fout", "goed"] if n < 20 else f for n, (q, f) in enumerate(before.items())
    }
    assert compare(qrels, before, many).is_drop
    assert not compare(qrels, many, before).is_drop


def test_the_difference_shows_what_moved_and_nothing_live():
    qrels = {"q1": {"wet/<b>x": 2}, "q2": {"wet/y": 1}}
    before = {"q1": ["wet/<b>x", "z"], "q2": ["wet/y"]}
    after = {"q1": ["z", "wet/<b>x"], "q2": ["wet/y"]}
    html = page(
        compare(qrels, before, after),
        qrels,
        before,
        after,
        {"q1": "<script>alert(1)</script>", "q2": "blijft gelijk"},
        title="Verschil",
    )
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "wet/&lt;b&gt;x" in html
    assert "blijft gelijk" not in html


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    """The judged queries over all starter content, and which documents there are.

    Once for this module, in a transaction that is rolled back and an index of its own.
    """
    folder = {"path": str(tmp_path_factory.mktemp("index"))}
    engine = {**settings.SEARCH_ENGINE, "OPTIONS": folder}
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "SEARCH_ENGINE", engine)
    engines.reset()
    with django_db_blocker.unblock(), transaction.atomic():
        _fill_with_all()
        found = relevance.own_report()
        documents = {
            f"{kind}/{url.rstrip('/').rpartition('/')[2]}"
            for kind, url in Document.objects.values_list("kind", "url")
        }
        transaction.set_rollback(True)
    patch.undo()
    engines.reset()
    resources.forget()
    return found, documents


def _fill_with_all():
    for pk in KennisPagina.objects.values_list("pk", flat=True):
        Page.objects.get(pk=pk).delete()
    Begrip.objects.all().delete()
    Startinhoud.objects.all().delete()
    with disable_reference_index_auto_update():
        load()
    services.rebuild()


def test_no_judged_query_got_worse(whole):
    report, _documents = whole
    difference = relevance.own_difference(report)
    assert set(difference.after) == set(report.values)
    assert not difference.is_drop, f"{difference.of:+.4f}, p = {difference.p:.4f}"


def test_the_own_content_stays_above_its_floors(whole):
    report, _documents = whole
    assert [x.cells() for x in relevance.own_lines(report) if not x.holds] == []
    assert report.broken == []


def test_every_judged_page_exists(whole):
    """A page that was renamed would count as never found."""
    _report, documents = whole
    judgements = read_judgements(relevance.JUDGEMENTS)
    judged = {document for own in judgements.qrels.values() for document in own}
    judged |= {document for _text, document in judgements.invariants}
    assert judged - documents == set()
