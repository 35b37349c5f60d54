"""How long what is kept, a copy for who asks, to be forgotten, and who looked."""

import datetime
import json

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import outbox as box
from core.models import Bijlage, Contact, Mailbericht, Outbox, Toegang
from core.person import Person
from core.services import forget_person
from loket import services
from loket.models import Bericht, Bewaartermijn, Inzage, Vraag
from loket.services import privacy
from loket.services.privacy import anonymising, keeping
from loket.states import VraagStatus
from search.engines import get_engine
from search.models import Document

pytestmark = pytest.mark.django_db
EMAIL = "kanarie.vogel@meppel.example"
CANARY = "kanarie"
YEAR = datetime.timedelta(days=366)


def asker(vraag):
    return Person(keys=frozenset({vraag.key}))


def all_rows():
    """Every value of every table, as text: what a dump of the database shows."""
    lines = []
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        lines += [
            f"{model._meta.label} {row}"
            for row in model._base_manager.values()
            if CANARY in str(row).lower()
        ]
    return lines


@pytest.fixture
def planted(ask, make_user, client, outbox):
    """The name of a bird in every place that the desk has for it."""
    sanne = make_user("loketmedewerker", email="sanne@voorbeeld.nl")
    text = f"Kanarie vraagt: mag een jongere urgentie krijgen? Mail {EMAIL}"
    vraag = ask(
        email=EMAIL,
        naam="Kanarie Vogel",
        text=text,
        origin=services.Origin(search_text="kanarie urgentie"),
        files=[SimpleUploadedFile("kanarie.txt", b"kanarie in een bestand")],
    )
    other = ask(email="ander@meppel.example", text="Wie weet iets van woonwagens?")
    services.add_reply(
        person=asker(vraag),
        vraag=vraag,
        text="Kanarie zegt nog iets",
        files=[SimpleUploadedFile("nog.txt", b"nog een kanarie")],
    )
    services.add_note(user=sanne, vraag=vraag, text="Kanarie belde gisteren")
    services.save_draft(user=sanne, vraag=vraag, soort="antwoord", text="Beste Kanarie")
    services.answer(
        user=sanne, vraag=vraag, text="Beste Kanarie, ja.", question_back=True
    )
    services.add_note(user=sanne, vraag=other, text=f"Zie ook {EMAIL.upper()}")
    services.save_draft(user=sanne, vraag=other, soort="antwoord", text=f"cc {EMAIL}")
    contact = vraag.contact
    session = client.session
    session["contact_id"] = contact.pk
    session["wie"] = "kanarie"
    session.save()
    from core.services import send_login_link

    send_login_link(email=EMAIL)
    LogEntry.objects.create(
        user=sanne,
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=str(contact.pk),
        object_repr="Kanarie Vogel",
        action_flag=2,
    )
    failed = Mailbericht.objects.filter(to__icontains=EMAIL).first()
    Outbox.objects.create(
        kind="core.mail",
        key=str(failed.pk),
        last_error=f"adres geweigerd: {EMAIL}",
        dead_at=timezone.now(),
    )
    outbox()
    vraag.refresh_from_db()
    return vraag


def test_a_forgotten_person_is_nowhere(index, planted, outbox, capsys):
    box.drain()
    assert all_rows()
    files = [row.file.name for row in Bijlage.objects.all()]
    storage = Bijlage._meta.get_field("file").storage
    assert len(files) == 2
    assert all(CANARY.encode() in storage.open(name).read() for name in files)
    assert Document.objects.filter(kind="vraag", object_id=planted.pk).exists()
    call_command("forget_person", EMAIL.upper(), "--yes")
    outbox()
    assert all_rows() == []
    assert not any(storage.exists(name) for name in files)
    assert not Document.objects.filter(kind="vraag", object_id=planted.pk).exists()
    assert not any(CANARY in str(hit) for hit in get_engine().hashes())
    vraag = Vraag.objects.get(pk=planted.pk)
    assert vraag.status == VraagStatus.GESLOTEN
    assert (vraag.team, vraag.gemeente) == (planted.team, planted.gemeente)
    assert not Session.objects.exists()
    assert "vrager: 1" in capsys.readouterr().out


def test_to_forget_again_finds_nothing(planted):
    forget_person(email=EMAIL)
    assert set(forget_person(email=EMAIL).values()) == {0}


def test_to_forget_leaves_others_alone(planted, ask):
    other = Vraag.objects.get(contact__email="ander@meppel.example")
    before = list(
        Bericht.objects.filter(vraag=other, soort="vraag").values_list("text")
    )
    forget_person(email=EMAIL)
    assert Vraag.objects.get(pk=other.pk).contact.email == "ander@meppel.example"
    assert (
        list(Bericht.objects.filter(vraag=other, soort="vraag").values_list("text"))
        == before
    )
    note = Bericht.objects.get(vraag=other, soort="notitie")
    assert note.text == "Zie ook [gewist]"


def test_without_yes_nothing_is_erased(planted):
    with pytest.raises(CommandError, match="niets gewist"):
        call_command("forget_person", EMAIL)
    assert Contact.objects.filter(email=EMAIL).exists()


def test_what_is_anonymous_stays_so(planted, make_user):
    forget_person(email=EMAIL)
    user = make_user("loketmedewerker")
    for act in (
        lambda: services.reopen(person=Person(user=user), vraag=planted),
        lambda: services.add_note(user=user, vraag=planted, text="x"),
    ):
        with pytest.raises(ValidationError, match="geanonimiseerd"):
            act()
    with pytest.raises(PermissionDenied):
        services.add_reply(
            person=Person(contact=Contact.objects.create(email=EMAIL)),
            vraag=planted,
            text="Hallo",
        )


# -- a copy --------------------------------------------------------------------------


def test_a_copy_holds_all_that_was_planted_and_no_note(planted, tmp_path, capsys):
    folder = tmp_path / "uit"
    call_command("export_person", EMAIL, str(folder))
    data = json.loads((folder / "gegevens.json").read_text())
    (vraag,) = data["vragen"]
    texts = [row["tekst"] for row in vraag["berichten"]]
    assert any("mag een jongere urgentie" in text for text in texts)
    assert "Kanarie zegt nog iets" in texts
    assert "Beste Kanarie, ja." in texts
    assert "belde gisteren" not in (folder / "gegevens.json").read_text()
    assert vraag["interne_notities"] == 1
    assert vraag["gezocht_naar"] == "kanarie urgentie"
    assert data["vrager"]["naam"] == "Kanarie Vogel"
    assert {row["onderwerp"] for row in data["mails"]} >= {
        f"Wij hebben uw vraag ontvangen ({planted.reference})"
    }
    assert len(data["links"]) == Toegang.objects.filter(contact=planted.contact).count()
    kept = sorted(path.read_bytes() for path in (folder / "bijlagen").iterdir())
    assert kept == [b"kanarie in een bestand", b"nog een kanarie"]
    assert folder.stat().st_mode & 0o077 == 0
    assert "vragen: 1" in capsys.readouterr().out
    assert Inzage.objects.get(vraag=planted).wat == "export"


def test_a_copy_holds_nothing_of_others(planted, tmp_path):
    call_command("export_person", EMAIL, str(tmp_path / "uit"))
    assert "woonwagens" not in (tmp_path / "uit" / "gegevens.json").read_text()


def test_a_copy_goes_into_an_empty_folder(tmp_path):
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "x").write_text("x")
    with pytest.raises(CommandError, match="niet leeg"):
        call_command("export_person", EMAIL, str(tmp_path / "vol"))


# -- by date -------------------------------------------------------------------------


def test_a_finished_question_becomes_anonymous_and_then_goes(ask, expert):
    vraag, open_one = ask(), ask(email="open@meppel.example")
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    services.close(person=asker(vraag), vraag=vraag)
    now = timezone.now()
    assert privacy.anonymise_due(now=now + datetime.timedelta(days=364)) == 0
    assert privacy.anonymise_due(now=now + YEAR) == 1
    assert privacy.anonymise_due(now=now + YEAR) == 0
    vraag.refresh_from_db()
    assert vraag.contact.email == privacy.NOBODY
    assert vraag.titel == "Geanonimiseerde vraag"
    assert set(vraag.berichten.values_list("text", flat=True)) == {privacy.GONE}
    assert set(vraag.gebeurtenissen.values_list("user", "contact")) == {(None, None)}
    assert not Mailbericht.objects.filter(about=vraag.key).exists()
    assert not Toegang.objects.filter(object_key=vraag.key).exists()
    assert vraag.toezeggingen.count() == 2
    assert privacy.delete_due(now=now + 5 * YEAR) == 0
    assert privacy.delete_due(now=now + 7 * YEAR) == 1
    assert list(Vraag.objects.all()) == [open_one]
    assert set(Bericht.objects.values_list("vraag", flat=True)) == {open_one.pk}
    assert apps.get_model("helpdesk.Ticket").objects.count() == 1


def test_periods_are_data_and_a_beheerder_changes_them(ask, expert, make_user):
    vraag = ask()
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    privacy.set_days_kept(actor=make_user("beheerder"), days={"afgerond": 10})
    assert privacy.anonymise_due(now=timezone.now() + 11 * (YEAR / 366)) == 1
    with pytest.raises(PermissionDenied):
        privacy.set_days_kept(actor=make_user("redacteur"), days={"afgerond": 1})
    with pytest.raises(ValidationError):
        privacy.set_days_kept(actor=make_user("beheerder"), days={"afgerond": 0})


def test_every_kind_has_a_default():
    assert set(Bewaartermijn.DEFAULTS) == set(Bewaartermijn.Soort.values)


def test_a_batch_that_breaks_leaves_no_half_question(ask, monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 2)
    vragen = [ask(email=f"v{n}@meppel.example") for n in range(5)]
    for vraag in vragen:
        services.close(person=asker(vraag), vraag=vraag)
    calls = []

    def broken(pks):
        calls.append(pks)
        if len(calls) == 2:
            raise OSError("schijf vol")

    monkeypatch.setattr(anonymising, "_hooks", [broken])
    later = timezone.now() + YEAR
    with pytest.raises(OSError, match="schijf"):
        privacy.anonymise_due(now=later)
    for vraag in Vraag.objects.all():
        gone = vraag.geanonimiseerd_op is not None
        assert (vraag.contact.email == privacy.NOBODY) is gone
        assert (vraag.berichten.first().text == privacy.GONE) is gone
    assert Vraag.objects.exclude(geanonimiseerd_op=None).count() == 2
    assert privacy.anonymise_due(now=later) == 3
    assert [len(pks) for pks in calls] == [2, 2, 2, 1]


def test_the_command_counts_limits_and_goes_on(ask, capsys):
    for number in range(3):
        vraag = ask(email=f"v{number}@meppel.example")
        services.close(person=asker(vraag), vraag=vraag)
    with time_machine.travel(timezone.now() + YEAR, tick=False):
        call_command("anonymise_due", "--dry-run")
        assert "anoniem maken: 3" in capsys.readouterr().out
        assert not Vraag.objects.exclude(geanonimiseerd_op=None).exists()
        call_command("anonymise_due", "--limit", "2")
        assert Vraag.objects.exclude(geanonimiseerd_op=None).count() == 2
        call_command("anonymise_due")
        assert Vraag.objects.exclude(geanonimiseerd_op=None).count() == 3


def test_what_else_was_kept_long_enough_goes(ask, make_user):
    vraag, user = ask(), make_user("loketmedewerker")
    privacy.looked_at(user=user, pks=[vraag.pk], wat="geopend")
    lonely = Contact.objects.create(email="ooit@meppel.example")
    Contact.objects.update(created_at=timezone.now() - YEAR)
    Mailbericht.objects.create(
        message_id="<oud>", template="core/inloglink", subject=""
    )
    Mailbericht.objects.filter(about="").update(created_at=timezone.now() - YEAR)
    done = privacy.remove_old()
    assert done == {"inzage": 0, "mail": 1, "post": 0, "gesprek": 0, "contact": 1}
    assert not Contact.objects.filter(pk=lonely.pk).exists()
    assert Contact.objects.filter(pk=vraag.contact_id).exists()
    assert privacy.remove_old(now=timezone.now() + 3 * YEAR)["inzage"] == 1


# -- who looked ----------------------------------------------------------------------


def test_who_opens_a_question_is_written_down_once_a_day(ask, client, make_user):
    vraag, user = ask(), make_user("loketmedewerker")
    client.force_login(user)
    for _time in range(3):
        client.get(f"/werkplek/{vraag.reference}/")
    row = Inzage.objects.get()
    assert (row.user, row.vraag, row.wat) == (user, vraag, "geopend")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        client.get(f"/werkplek/{vraag.reference}/")
    assert Inzage.objects.count() == 2


def test_a_question_that_is_refused_is_not_looked_at(ask, client, expert):
    vraag = ask()
    client.force_login(expert("studenten"))
    assert client.get(f"/werkplek/{vraag.reference}/").status_code == 404
    assert not Inzage.objects.exists()


def test_a_file_that_staff_open_is_written_down_and_one_of_the_asker_is_not(
    ask, client, make_user, open_link
):
    vraag = ask(files=[SimpleUploadedFile("brief.txt", b"tekst")])
    address = f"/bijlagen/{Bijlage.objects.get().pk}/"
    open_link(vraag)
    assert client.get(address).status_code == 200
    assert not Inzage.objects.exists()
    client.force_login(make_user("loketmedewerker"))
    client.get(address)
    assert Inzage.objects.get().wat == "bijlage"


def test_the_log_is_for_a_beheerder(ask, client, make_user):
    vraag, user = ask(), make_user("loketmedewerker", name="Karim Kijker")
    privacy.looked_at(user=user, pks=[vraag.pk], wat="geopend")
    client.force_login(user)
    assert client.get("/beheer/inzage/").status_code == 403
    client.force_login(make_user("beheerder"))
    text = client.get("/beheer/inzage/").content.decode()
    assert "Karim Kijker" in text
    assert vraag.reference in text
    found = client.get(f"/beheer/inzage/?kenmerk={vraag.reference.lower()}")
    assert "Karim Kijker" in found.content.decode()
    none = client.get("/beheer/inzage/?kenmerk=V-2026-ANDERS")
    assert "Karim Kijker" not in none.content.decode()


def test_a_beheerder_sets_how_long_things_are_kept(client, make_user):
    client.force_login(make_user("beheerder"))
    page = client.get("/beheer/bewaren/").content.decode()
    assert 'value="365"' in page
    days = {**Bewaartermijn.DEFAULTS, "afgerond": 200}
    assert client.post("/beheer/bewaren/", days).status_code == 302
    assert privacy.days_kept("afgerond") == 200
    refused = client.post("/beheer/bewaren/", {**days, "afgerond": "0"})
    assert refused.status_code == 422
    client.force_login(make_user("loketmedewerker"))
    assert client.get("/beheer/bewaren/").status_code == 403
