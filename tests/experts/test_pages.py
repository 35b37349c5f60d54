"""The pages about members of staff: teams, expertise, absence."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import Team
from experts import selectors, services
from experts.models import Afwezigheid, Expertise, Teamlid
from knowledge.models import Aandachtsgroep, Thema

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client, make_user):
    user = make_user("beheerder")
    client.force_login(user)
    return user


def team(slug):
    return Team.objects.get(slug=slug)


def day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_a_beheerder_sets_teams_and_coordinators(client, chief, make_user):
    user = make_user("deskundige")
    Teamlid.objects.create(user=user, team=team("studenten"))
    kept = Teamlid.objects.create(user=user, team=team("uitstroom"))
    page = client.get(f"/beheer/medewerkers/{user.pk}/").content.decode()
    assert page.count("checked") == 3  # role deskundige and two teams
    client.post(
        f"/beheer/medewerkers/{user.pk}/teams/",
        {
            "teams": [team("uitstroom").pk, team("urgentie").pk],
            "coordinator_of": [team("urgentie").pk, team("financiering").pk],
        },
    )
    rows = {row.team.slug: row.coordinator for row in user.lidmaatschappen.all()}
    assert rows == {"uitstroom": False, "urgentie": True, "financiering": True}
    assert kept in user.lidmaatschappen.all()
    assert list(selectors.members(team("financiering"))) == [user]
    client.post(f"/beheer/medewerkers/{user.pk}/teams/", {})
    assert not user.lidmaatschappen.exists()


def test_a_team_that_is_not_there_changes_nothing(client, chief, make_user):
    user = make_user("deskundige")
    Teamlid.objects.create(user=user, team=team("studenten"))
    path = f"/beheer/medewerkers/{user.pk}/teams/"
    page = client.post(path, {"teams": ["999999"]}, follow=True)
    assert "Kies opnieuw" in page.content.decode()
    assert user.lidmaatschappen.count() == 1
    assert client.get(path).status_code == 405


def test_a_beheerder_sets_expertise(client, chief, make_user):
    user = make_user("deskundige")
    path = f"/beheer/medewerkers/{user.pk}/expertise/"
    group, theme = Aandachtsgroep.objects.first(), Thema.objects.first()
    assert client.get(path).status_code == 200
    assert not Expertise.objects.exists()
    client.post(
        path,
        {"doelgroepen": [group.pk], "themas": [theme.pk], "organisatie": "Provincie"},
    )
    row = Expertise.objects.get(user=user)
    assert list(row.doelgroepen.all()) == [group]
    assert list(row.themas.all()) == [theme]
    page = client.get(path).content.decode()
    assert page.count("checked") == 2
    assert 'value="Provincie"' in page


def test_somebody_plans_the_own_absence_and_takes_it_back(client, make_user):
    sanne, tom = make_user("deskundige", name="Sanne"), make_user("deskundige")
    client.force_login(sanne)
    response = client.post(
        "/beheer/afwezigheid/",
        {"van": day(0), "tot_en_met": day(3), "vervanger": tom.pk},
    )
    assert response.status_code == 302
    assert selectors.absent_on([sanne.pk]) == {sanne.pk: tom}
    row = Afwezigheid.objects.get()
    assert (
        f"vervanger: {tom.name}" in client.get("/beheer/afwezigheid/").content.decode()
    )
    client.force_login(tom)
    client.post("/beheer/afwezigheid/", {"verwijder": row.pk})
    assert Afwezigheid.objects.exists()
    client.force_login(sanne)
    client.post("/beheer/afwezigheid/", {"verwijder": row.pk})
    assert not Afwezigheid.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tot_en_met": day(1)}, "niet vóór de eerste dag"),
        ({"van": day(-9), "tot_en_met": day(-2)}, "Kies een dag vanaf vandaag"),
        ({"van": "morgen"}, "Vul een datum in, zoals 24-12-2026."),
        ({"van": ""}, "Vul dit veld in."),
    ],
)
def test_a_period_that_cannot_be_says_what_to_do(client, make_user, change, told):
    client.force_login(make_user("deskundige"))
    page = client.post(
        "/beheer/afwezigheid/", {"van": day(2), "tot_en_met": day(4), **change}
    )
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Afwezigheid.objects.exists()


def test_a_deputy_is_a_colleague_who_answers(client, make_user):
    user = make_user("deskundige", name="Zelf")
    client.force_login(user)
    for deputy in (
        user,
        make_user("redacteur"),
        make_user("deskundige", is_active=False),
    ):
        page = client.post(
            "/beheer/afwezigheid/",
            {"van": day(2), "tot_en_met": day(4), "vervanger": deputy.pk},
        )
        assert page.status_code == 422
    assert not Afwezigheid.objects.exists()


def test_a_beheerder_plans_the_absence_of_another(client, chief, make_user):
    user = make_user("deskundige")
    path = f"/beheer/medewerkers/{user.pk}/afwezigheid/"
    client.post(path, {"van": day(0), "tot_en_met": day(0)})
    assert selectors.absent_on([user.pk]) == {user.pk: None}
    client.post(path, {"verwijder": Afwezigheid.objects.get().pk})
    assert not Afwezigheid.objects.exists()


@pytest.mark.parametrize("part", ["teams", "expertise", "afwezigheid"])
def test_only_a_beheerder_changes_somebody_else(client, make_user, part):
    user, other = make_user("deskundige"), make_user("loketmedewerker", "redacteur")
    client.force_login(other)
    path = f"/beheer/medewerkers/{user.pk}/{part}/"
    fields = {"teams": [team("uitstroom").pk], "van": day(0), "tot_en_met": day(0)}
    assert client.post(path, fields).status_code == 403
    client.logout()
    assert client.post(path, fields)["Location"].startswith("/medewerker/login/")
    assert not user.lidmaatschappen.exists()
    assert not Afwezigheid.objects.exists()
    with pytest.raises(PermissionDenied):
        services.add_absence(actor=other, user=user, van=day(0), tot_en_met=day(1))
