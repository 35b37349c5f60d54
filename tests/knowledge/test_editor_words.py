"""What an editor reads in the admin: our words, in Dutch."""

import re

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Task, Workflow

from knowledge import services
from knowledge.models import HomePage, KennisPagina, Thema

pytestmark = pytest.mark.django_db

SNIPPETS = [
    "begrip",
    "kerncijfer",
    "bron",
    "organisatie",
    "aandachtsgroep",
    "thema",
    "bouwsteen",
]
ODD = re.compile(r"\b(slug|sleutel|snippets?|meta|tag|URL's|comments?)\b", re.I)


@pytest.fixture
def editor(client, make_user):
    client.force_login(make_user("redacteur"))
    return client


def words(content: str) -> str:
    """Headings, labels and help texts of a form."""
    found = re.findall(
        r"<(?:h1|h2|label|legend)[^>]*>(.*?)</|class=\"help\"[^>]*>(.*?)</div>",
        content,
        re.S,
    )
    return re.sub(r"<[^>]+>", " ", " | ".join(a or b for a, b in found))


@pytest.mark.parametrize("model", KennisPagina.__subclasses__())
def test_a_form_for_a_page_has_no_technical_words(editor, model):
    parent = services.parent_for(model.soort)
    content = editor.get(
        f"/redactie/pages/add/knowledge/{model._meta.model_name}/{parent.pk}/"
    ).content.decode()
    text = words(content)
    assert "Adres van de pagina" in text
    assert ODD.findall(text) == []
    assert "Bied aan ter beoordeling" in content
    assert "Publiceren" not in content


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_form_for_a_word_has_no_technical_words(editor, name):
    content = editor.get(f"/redactie/snippets/knowledge/{name}/add/").content.decode()
    text = words(content)
    assert "Korte naam" in text
    assert ODD.findall(text) == []
    offered = "Bied aan ter beoordeling" in content
    assert offered is (name in ("begrip", "kerncijfer"))


def test_the_short_name_follows_the_name_of_a_new_row_only(editor):
    theme = Thema.objects.first()
    sync = "keyup-&gt;w-sync#apply"
    add = editor.get("/redactie/snippets/knowledge/thema/add/").content.decode()
    edit = editor.get(f"/redactie/snippets/knowledge/thema/edit/{theme.pk}/")
    assert sync in add
    assert sync not in edit.content.decode()


def test_the_forms_of_overviews_ask_only_what_is_used(editor):
    for page in (HomePage.objects.get(), services.parent_for("wet")):
        text = words(editor.get(f"/redactie/pages/{page.pk}/edit/").content.decode())
        assert ODD.findall(text) == []


def test_the_menu_says_what_is_kept_there(editor):
    content = editor.get("/redactie/").content.decode()
    assert '"Lijsten"' in content
    assert '"Snippets"' not in content


def test_nothing_english_of_a_new_wagtail_is_left():
    assert not Workflow.objects.filter(name__contains="approval").exists()
    assert not Task.objects.filter(name__contains="approval").exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
