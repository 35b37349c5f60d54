"""What a beheerder keeps up: roles, municipalities, and what was not delivered."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import outbox, services
from core.gemeenten import proven_gemeente
from core.models import Contact, Gemeente, Mailbericht, Outbox, Team
from core.person import Person
from experts.models import Teamlid
from loket import services as desk
from loket.models import Vraag
from loket.permissions import visible_to

pytestmark = pytest.mark.django_db


# -- roles -------------------------------------------------------------------------


@pytest.fixture
def owned(ask, make_user):
    """owned(user) → an open question of a team of this member of staff, who has it."""

    def make(user):
        vraag = ask()
        Teamlid.objects.create(user=user, team=vraag.team)
        desk.assign(user=make_user("beheerder"), vraag=vraag, to=user)
        Mailbericht.objects.all().delete()
        return Vraag.objects.get(pk=vraag.pk)

    return make


def test_who_loses_the_role_to_answer_leaves_no_question_behind(
    client, make_user, owned
):
    sanne, colleague = make_user("deskundige"), make_user("deskundige")
    vraag = owned(sanne)
    Teamlid.objects.create(user=colleague, team=vraag.team)
    client.force_login(make_user("beheerder"))
    client.post(
        f"/beheer/medewerkers/{sanne.pk}/", {"act": "groups", "groups": ["redacteur"]}
    )
    vraag.refresh_from_db()
    assert vraag.owner is None
    pile = client.get("/werkplek/?weergave=niet-toegewezen").content.decode()
    assert vraag.reference in pile
    (notice,) = Mailbericht.objects.filter(template="loket/werk")
    assert notice.to == [colleague.email]


def test_a_role_is_written_as_people_read_it(client, make_user):
    member = make_user("flexpoolcoordinator")
    client.force_login(make_user("beheerder"))
    for address in ("/beheer/medewerkers/", f"/beheer/medewerkers/{member.pk}/"):
        assert "Flexpoolcoördinator" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["deskundige"], ["deskundige", "redacteur"]),
        (["deskundige", "loketmedewerker"], ["deskundige"]),
    ],
)
def test_who_may_still_answer_keeps_the_question(make_user, owned, before, after):
    user = make_user(*before)
    vraag = owned(user)
    services.set_groups(actor=make_user("beheerder"), user=user, groups=after)
    vraag.refresh_from_db()
    assert vraag.owner == user
    assert visible_to(Person(user=user), vraag)


def test_a_new_invitation_with_other_roles_hands_back_too(make_user, owned):
    user = make_user("deskundige")
    vraag = owned(user)
    services.invite(
        actor=make_user("beheerder"), email=user.email, name=user.name, groups=[]
    )
    vraag.refresh_from_db()
    assert vraag.owner is None


def test_a_beheerder_stays_one(client, make_user):
    chief = make_user("beheerder")
    client.force_login(chief)
    path = f"/beheer/medewerkers/{chief.pk}/"
    page = client.post(path, {"act": "groups", "groups": ["redacteur"]}, follow=True)
    assert "Vraag een andere beheerder" in page.content.decode()
    page = client.post(path, {"act": "off"}, follow=True)
    assert "Vraag een andere beheerder" in page.content.decode()
    chief.refresh_from_db()
    assert chief.is_active
    assert set(chief.groups.values_list("name", flat=True)) == {"beheerder"}
    client.post(path, {"act": "groups", "groups": ["beheerder", "redacteur"]})
    assert chief.groups.count() == 2


# -- the overview --------------------------------------------------------------------


def test_the_overview_shows_what_somebody_may_do(client, make_user):
    chief, editor = make_user("beheerder"), make_user("redacteur")
    coordinator = make_user("deskundige")
    Teamlid.objects.create(
        user=coordinator, team=Team.objects.get(slug="uitstroom"), coordinator=True
    )

    def shown(user):
        client.force_login(user)
        text = client.get("/beheer/").content.decode()
        return {
            path
            for path in (
                "/beheer/medewerkers/",
                "/beheer/gemeenten/",
                "/beheer/sluitingsdagen/",
                "/beheer/afwezigheid/",
                "/werkplek/routetermen/",
            )
            if f'href="{path}"' in text
        }

    assert len(shown(chief)) == 5
    assert shown(coordinator) == {"/beheer/afwezigheid/", "/werkplek/routetermen/"}
    assert shown(editor) == {"/beheer/afwezigheid/"}
    assert 'href="/beheer/"' in client.get("/").content.decode()
    client.logout()
    assert client.get("/beheer/").status_code == 302
    assert 'href="/beheer/"' not in client.get("/").content.decode()


# -- not delivered -------------------------------------------------------------------


def dead(count):
    Outbox.objects.bulk_create(
        Outbox(kind="proef", key=str(n), dead_at=timezone.now()) for n in range(count)
    )


def bar(client):
    text = client.get("/beheer/").content.decode()
    return text.partition('class="medewerker"')[2].partition("</header>")[0]


@pytest.mark.parametrize("group", ["loketmedewerker", "beheerder"])
def test_the_staff_bar_leads_to_what_was_not_delivered(client, make_user, group):
    client.force_login(make_user(group))
    assert 'href="/beheer/berichten/">Niet bezorgd</a>' in bar(client)
    dead(3)
    Outbox.objects.create(kind="proef", key="klaar", done_at=timezone.now())
    assert 'href="/beheer/berichten/">Niet bezorgd (3)</a>' in bar(client)
    outbox.retry(row=outbox.dead()[0])
    assert "Niet bezorgd (2)" in bar(client)


def test_others_do_not_see_that_way(client, make_user):
    client.force_login(make_user("redacteur"))
    assert "/beheer/berichten/" not in bar(client)
    client.logout()
    assert "/beheer/berichten/" not in client.get("/").content.decode()


def test_the_count_costs_one_query_however_many(client, make_user):
    client.force_login(make_user("beheerder"))

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get("/beheer/")
        return [query["sql"] for query in seen if "core_outbox" in query["sql"]]

    queries()
    dead(1)
    assert len(queries()) == 1
    dead(40)
    assert len(queries()) == 1


# -- municipalities -------------------------------------------------------------------

MEPPEL = "/beheer/gemeenten/GM0119/"
FILLED = {
    "mail_domains": "Meppel.nl\n@mail.meppel.nl, meppel.nl",
    "mail_domains_bron": "opgave van de gemeente, 12 maart 2026",
    "inwoners": "34.506",
    "inwoners_jaar": "2025",
    "inwoners_bron": "CBS StatLine",
}


@pytest.fixture
def chief(client, make_user):
    user = make_user("beheerder")
    client.force_login(user)
    return user


def test_a_beheerder_fills_in_domains_and_size(client, chief):
    assert client.post(MEPPEL, FILLED).status_code == 302
    meppel = Gemeente.objects.get(code="GM0119")
    assert meppel.mail_domains == ["meppel.nl", "mail.meppel.nl"]
    assert (meppel.inwoners, meppel.inwoners_jaar) == (34506, 2025)
    listed = client.get("/beheer/gemeenten/?naam=mepp").content.decode()
    assert "meppel.nl, mail.meppel.nl" in listed
    assert "2025, CBS StatLine" in listed
    assert "Zutphen" not in listed
    colleague = Contact.objects.create(email="a@meppel.nl", confirmed_at=timezone.now())
    assert proven_gemeente(colleague) == meppel
    client.post(MEPPEL, dict.fromkeys(FILLED, ""))
    assert proven_gemeente(colleague) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mail_domains": "meppel"}, "is geen domein"),
        ({"mail_domains": "naam@meppel.nl"}, "is geen domein"),
        ({"mail_domains_bron": " "}, "van wie u deze domeinen hebt"),
        ({"inwoners_jaar": ""}, "Vul het jaar in"),
        ({"inwoners_bron": ""}, "waar dit aantal staat"),
        ({"inwoners": "veel"}, "Vul een getal in"),
        ({"mail_domains": "zutphen.nl"}, "staat al bij Zutphen"),
    ],
)
def test_what_proves_nothing_is_refused_and_kept_on_the_page(
    client, chief, change, told
):
    Gemeente.objects.filter(code="GM0301").update(mail_domains=["zutphen.nl"])
    page = client.post(MEPPEL, {**FILLED, **change})
    assert page.status_code == 422
    text = page.content.decode()
    assert told in text
    assert 'value="CBS StatLine"' in text or "inwoners_bron" in change
    meppel = Gemeente.objects.get(code="GM0119")
    assert (meppel.mail_domains, meppel.inwoners) == ([], None)


def test_only_a_beheerder_changes_a_municipality(client, make_user):
    client.force_login(make_user("loketmedewerker", "redacteur"))
    assert client.get("/beheer/gemeenten/").status_code == 403
    assert client.post(MEPPEL, FILLED).status_code == 403
    client.logout()
    assert client.post(MEPPEL, FILLED).status_code == 302
    assert Gemeente.objects.get(code="GM0119").mail_domains == []


def run_import(capsys, path):
    status = 0
    try:
        call_command("import_gemeenten", str(path), json=True)
    except SystemExit as end:
        status = int(end.code or 0)
    captured = capsys.readouterr()
    return status, json.loads(captured.out), captured.err


def test_a_csv_file_fills_in_and_an_empty_cell_changes_nothing(capsys, tmp_path):
    table = tmp_path / "g.csv"
    table.write_text(
        "code;maildomeinen;maildomeinen_bron;inwoners;inwoners_jaar;inwoners_bron\n"
        "GM0119;meppel.nl mail.meppel.nl;opgave;34.506;2025;CBS\n"
        "GM0301;zutphen.nl;opgave;;;\n",
        encoding="utf-8-sig",
    )
    status, rows, told = run_import(capsys, table)
    assert status == 0
    assert [row["result"] for row in rows] == ["bijgewerkt", "bijgewerkt"]
    assert "2 gemeenten bijgewerkt" in told
    table.write_text("code,inwoners,inwoners_jaar\nGM0119,34600,2026\n")
    assert run_import(capsys, table)[0] == 0
    meppel = Gemeente.objects.get(code="GM0119")
    assert meppel.mail_domains == ["meppel.nl", "mail.meppel.nl"]
    assert (meppel.inwoners, meppel.inwoners_jaar) == (34600, 2026)
    assert meppel.inwoners_bron == "CBS"
    assert Gemeente.objects.get(code="GM0301").mail_domains == ["zutphen.nl"]


def test_a_csv_row_with_a_fault_is_named_and_the_rest_is_taken(capsys, tmp_path):
    table = tmp_path / "g.csv"
    table.write_text(
        "code,inwoners,inwoners_jaar,inwoners_bron\n"
        "GM9999,1,2025,CBS\nGM0119,34506,,CBS\nGM0301,48000,2025,CBS\n"
    )
    status, rows, told = run_import(capsys, table)
    assert status == 1
    assert [row["result"] for row in rows] == ["geweigerd", "geweigerd", "bijgewerkt"]
    assert f"{table}:2: GM9999: deze CBS-code is er niet" in told
    assert f"{table}:3: GM0119: Vul het jaar in" in told
    assert Gemeente.objects.get(code="GM0119").inwoners is None
    assert Gemeente.objects.get(code="GM0301").inwoners == 48000


@pytest.mark.parametrize("text", ["naam,inwoners\nMeppel,1\n", "", "\xff\xfe"])
def test_a_file_that_is_no_such_table_stops_with_one_line(tmp_path, text):
    table = tmp_path / "g.csv"
    table.write_bytes(text.encode("latin-1"))
    with pytest.raises(CommandError) as refused:
        call_command("import_gemeenten", str(table))
    assert refused.value.returncode == 2
    assert str(table) in str(refused.value)


def test_the_service_refuses_what_the_page_refuses(make_user):
    gemeente = Gemeente.objects.get(code="GM0119")
    with pytest.raises(ValidationError):
        services.set_gemeente_data(
            actor=make_user("beheerder"),
            gemeente=gemeente,
            mail_domains=["geen domein"],
            mail_domains_bron="opgave",
            inwoners=None,
            inwoners_jaar=None,
            inwoners_bron="",
        )
