"""What 'Maak er kennis van' proposes."""

import pytest

from knowledge.models import Aandachtsgroep, Thema, VraagEnAntwoord
from loket import drafting, services

pytestmark = pytest.mark.django_db

LONG = "Mag een gemeente " + "een heel bijzondere voorwaarde " * 10 + "stellen?"


@pytest.fixture
def form(client, ask, expert):
    """form(answers, text=…, query=…) → the page for a question with these answers."""

    def show(*answers, query="", **fields):
        vraag = ask(**fields)
        sanne = expert(vraag.team.slug)
        for text in answers:
            services.answer(user=sanne, vraag=vraag, text=text)
            vraag.refresh_from_db()
        client.force_login(sanne)
        show.vraag = vraag
        return client.get(f"/werkplek/{vraag.reference}/kennis/{query}")

    return show


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Beste Sanne,\n\nWij maken een verordening. Mag een jongere van 18 urgentie krijgen? Alvast dank!",
            "Mag een jongere van 18 urgentie krijgen?",
        ),
        ("Goedemiddag, mag een jongere dat?", "Mag een jongere dat?"),
        (
            "Ja? Hoe lang geldt een urgentieverklaring?",
            "Hoe lang geldt een urgentieverklaring?",
        ),
        ("Ik zoek een model voor artikel 5.", "Ik zoek een model voor artikel 5?"),
        ("Beste loket kan dit wel?", "Beste loket kan dit wel?"),
        ("Dag loket", ""),
        ("", ""),
    ],
)
def test_the_title_is_a_whole_question(text, title):
    assert drafting.question_in(text) == title


def test_a_long_question_is_not_cut_in_a_word():
    title = drafting.question_in(LONG)
    assert len(title) <= drafting.TITLE_LENGTH
    assert title.endswith("?")
    assert set(title.rstrip("?").split()) <= set(LONG.split())
    assert len(drafting.question_in("x" * 300)) <= drafting.TITLE_LENGTH


def test_the_short_answer_is_whole_sentences_without_the_greeting():
    text = "Beste Annemiek,\n\nJa, dat mag. " + "Dit is zo. " * 30
    summary = drafting.summary_of(text)
    assert summary.startswith("Ja, dat mag. Dit is zo.")
    assert summary.endswith("zo.")
    assert len(summary.split()) <= drafting.SUMMARY_WORDS


def test_the_form_offers_every_answer_and_starts_with_the_latest(form, client):
    page = form("Beste Annemiek,\n\nEerst dit.", "Later dat.")
    shown = page.content.decode()
    assert "Eerst dit." in shown
    assert page.context["form"].initial["text"] == "Later dat."
    first, last = page.context["answers"]
    assert f'value="{last.pk}" id="antwoord-{last.pk}" checked' in shown
    address = f"/werkplek/{form.vraag.reference}/kennis/"
    both = client.get(address, {"antwoord": [first.pk, last.pk]})
    assert both.context["form"].initial["text"] == "Eerst dit.\n\nLater dat."
    odd = client.get(address, {"antwoord": ["x", "999999"]})
    assert odd.context["form"].initial["text"] == "Later dat."


def test_one_answer_asks_no_choice(form):
    assert "Welke antwoorden gebruikt u?" not in form("Ja.").content.decode()


def test_groups_and_themes_come_from_the_question_else_from_the_answer(form):
    named = Aandachtsgroep.objects.create(
        slug="proef", naam="Studenten die op zichzelf wonen", kort="Studenten"
    )
    theme = Thema.objects.create(slug="proef", naam="Puntenstelsel")
    page = form(
        "Ja, met het puntenstelsel.", text="Mogen studenten kamers delen in een huis?"
    )
    initial = page.context["form"].initial
    assert named in initial["doelgroepen"]
    assert initial["themas"] == [theme]
    assert f'value="{theme.pk}" id="id_themas_' in page.content.decode()


def test_a_name_after_a_form_of_address_is_pointed_out(form):
    shown = form("Mevrouw De Vries kan urgentie krijgen.").content.decode()
    assert "naam: <mark>Mevrouw De Vries</mark>" in shown


def test_sources_are_named_once_and_apart(client, ask, expert, make_user):
    from knowledge import services as knowledge
    from knowledge.models import Handreiking

    page = Handreiking.objects.get()
    anchors = [block.value["anker"] for block in page.secties][:2]
    citations = [
        services.citation_for("handreiking", page.pk, anchor) for anchor in anchors
    ]
    citations.append(services.citation_for("wet", _law().pk, ""))
    vraag, sanne = ask(), expert()
    text = "Ja.\n\n" + "\n".join(f"Bron: {c.markdown}" for c in citations)
    services.answer(user=sanne, vraag=vraag, text=text, citations=citations)
    (answer,) = drafting.answers_of(vraag)
    initial = drafting.proposal(vraag, [answer])
    assert initial["text"] == "Ja."
    draft = services.make_knowledge_draft(
        user=sanne,
        vraag=vraag,
        title="Mag dat?",
        kort_antwoord="Ja.",
        text=initial["text"],
        confirmed=True,
    )
    knowledge.approve(user=make_user("redacteur"), page=draft)
    shown = client.get(VraagEnAntwoord.objects.get(pk=draft.pk).get_url())
    line = shown.content.decode().split("Bron:")[1].split("</p>")[0]
    assert "Thuisloket" not in line
    assert line.count(page.title) == 1
    assert all(c.sectie in line for c in citations)
    assert _law().title in line


def _law():
    from knowledge.models import Wet

    return Wet.objects.first()
