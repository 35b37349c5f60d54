import datetime
import re

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from core import services, toegang
from core.models import Contact, Mailbericht, Toegang, User

pytestmark = pytest.mark.django_db
SECRET = "een lange zin als wachtwoord"


@pytest.fixture
def contact():
    return Contact.objects.create(email="Annemiek@Meppel.example")


def link_in(mail: Mailbericht) -> str:
    return re.search(r"https?://[^/]+(/\S+)", mail.text)[1]


def test_a_login_link_works_once_and_by_a_button(client, contact):
    client.post("/loket/inloggen/", {"email": "annemiek@meppel.example"})
    path = link_in(Mailbericht.objects.get())
    page = client.get(path)
    assert page.status_code == 200
    assert toegang.CONTACT_SESSION_KEY not in client.session
    assert client.post(path).status_code == 302
    assert client.session[toegang.CONTACT_SESSION_KEY] == contact.pk
    contact.refresh_from_db()
    assert contact.confirmed_at is not None
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def test_a_login_link_ends_after_thirty_minutes(client, contact):
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=contact)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=31)):
        assert client.post(f"/loket/inloggen/{token}/").status_code == 410


def test_known_and_unknown_addresses_get_the_same_answer(client, contact):
    known = client.post("/loket/inloggen/", {"email": contact.email})
    unknown = client.post("/loket/inloggen/", {"email": "niemand@meppel.example"})
    assert known.status_code == unknown.status_code
    assert known.content.replace(
        contact.email.encode(), b"x"
    ) == unknown.content.replace(b"niemand@meppel.example", b"x")
    assert Mailbericht.objects.count() == 1


def test_asking_for_links_is_limited(client, contact, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login-link-address": (2, 3600)}
    for _ in range(5):
        client.post("/loket/inloggen/", {"email": contact.email})
    assert Mailbericht.objects.count() == 2


def test_only_the_hash_of_a_token_is_kept(contact):
    token = toegang.issue(
        doel=Toegang.Doel.LEZEN, contact=contact, object_key="vraag:1"
    )
    row = Toegang.objects.get()
    assert token not in (row.token_hash, row.object_key)
    assert len(token) >= 32


def test_a_withdrawn_link_stops_at_once(client, ask):
    vraag = ask()
    client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")
    assert client.get(f"/loket/vraag/{vraag.reference}/").status_code == 200
    toegang.revoke(object_key=vraag.key)
    assert client.get(f"/loket/vraag/{vraag.reference}/").status_code == 404
    assert (
        client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/").status_code
        == 410
    )


def test_a_read_link_opens_only_its_own_question(client, ask):
    mine, other = ask(), ask(email="ander@zutphen.example")
    response = client.get(f"/loket/vraag/{mine.reference}/sleutel/{mine.token}/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Location"] == f"/loket/vraag/{mine.reference}/"
    assert client.get(f"/loket/vraag/{other.reference}/").status_code == 404
    assert (
        client.get(f"/loket/vraag/{other.reference}/sleutel/{mine.token}/").status_code
        == 404
    )
    assert client.get("/loket/mijn-vragen/").status_code == 302


def test_a_forged_cookie_is_nothing(client, ask):
    vraag = ask()
    client.cookies[toegang.KEYS_COOKIE] = "1:" + "a" * 40
    assert client.get(f"/loket/vraag/{vraag.reference}/").status_code == 404


# -- staff -----------------------------------------------------------------------


def test_an_invitation_makes_an_account_once(client, make_user):
    chief = make_user("beheerder")
    user = services.invite(
        actor=chief, email="Nieuw@Voorbeeld.nl", name="Nieuw", groups=["redacteur"]
    )
    path = link_in(Mailbericht.objects.get())
    short = client.post(path, {"password": "kort"})
    assert short.status_code == 422
    assert "Dit wachtwoord is te kort." in words(short)
    assert client.post(path, {"password": SECRET}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(SECRET)
    assert list(user.groups.values_list("name", flat=True)) == ["redacteur"]
    client.logout()
    assert client.get(path).status_code == 410
    with pytest.raises(ValidationError):
        services.invite(actor=chief, email="nieuw@voorbeeld.nl", name="x", groups=[])


def test_an_invitation_ends_after_seven_days_and_a_new_one_replaces_it(
    client, make_user
):
    chief = make_user("beheerder")
    for _ in range(2):
        services.invite(
            actor=chief, email="nieuw@voorbeeld.nl", name="Nieuw", groups=[]
        )
    first, second = [link_in(m) for m in Mailbericht.objects.order_by("pk")]
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        assert client.get(second).status_code == 410


@pytest.mark.parametrize(
    "group", ["redacteur", "loketmedewerker", "deskundige", "programmamanager"]
)
def test_only_a_manager_manages(client, make_user, group):
    user = make_user(group)
    with pytest.raises(PermissionDenied):
        services.invite(actor=user, email="x@voorbeeld.nl", name="x", groups=[])
    client.force_login(user)
    assert client.get("/beheer/medewerkers/").status_code == 403


def test_the_manager_pages(client, make_user):
    chief, other = make_user("beheerder"), make_user("redacteur", name="Bart")
    client.force_login(chief)
    assert b"Bart" in client.get("/beheer/medewerkers/").content
    client.post(
        "/beheer/medewerkers/uitnodigen/",
        {"name": "A", "email": "a@voorbeeld.nl", "groups": ["deskundige"]},
    )
    assert User.objects.filter(email="a@voorbeeld.nl").exists()
    client.post(f"/beheer/medewerkers/{other.pk}/", {"act": "off"})
    other.refresh_from_db()
    assert other.is_active is False
    client.post(f"/beheer/medewerkers/{chief.pk}/", {"act": "off"})
    chief.refresh_from_db()
    assert chief.is_active is True
    assert client.get("/beheer/berichten/").status_code == 200


def test_a_switched_off_account_is_out_at_once(client, make_user):
    user = make_user("redacteur")
    client.force_login(user)
    assert client.get("/redactie/").status_code == 200
    services.switch_off(actor=make_user("beheerder"), user=user)
    assert client.get("/redactie/").status_code == 302


def test_password_reset_by_mail(client, make_user):
    user = make_user("redacteur", email="bart@voorbeeld.nl")
    user.set_password(SECRET)
    user.save()
    client.post("/medewerker/password/reset/", {"email": "bart@voorbeeld.nl"})
    mail = Mailbericht.objects.get()
    assert mail.to == ["bart@voorbeeld.nl"]
    assert "/medewerker/password/reset/key/" in mail.text


def test_staff_log_in_with_password(client, make_user):
    user = make_user("loketmedewerker", email="karim@voorbeeld.nl")
    user.set_password(SECRET)
    user.save()
    response = client.post(
        "/medewerker/login/", {"login": "karim@voorbeeld.nl", "password": SECRET}
    )
    assert response["Location"] == "/werkplek/"
    assert client.get("/medewerker/signup/").status_code in (200, 302, 403)
    assert not User.objects.filter(email="nieuw@voorbeeld.nl").exists()


# -- demo and headers ------------------------------------------------------------


def test_nothing_of_the_demo_exists_outside_it(client, make_user):
    make_user("redacteur", email="bart@demo.example")
    assert client.get("/postvak/").status_code == 404
    assert (
        client.post("/medewerker/demo/", {"email": "bart@demo.example"}).status_code
        == 404
    )


def test_headers_of_public_pages_and_of_the_admin(client, make_user):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in (
        "default-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
    ):
        assert directive in policy
    client.force_login(make_user("redacteur"))
    response = client.get("/redactie/")
    assert "unsafe-inline" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    for path in ("/", "/zoeken/", "/loket/vraag-stellen/", "/werkplek/"):
        assert "unsafe" not in client.get(path)["Content-Security-Policy"], path


def test_the_technical_admin_lives_with_the_strict_policy(client, make_user):
    """Every list and form of Django's admin: nothing in it that the policy refuses."""
    client.force_login(make_user(is_staff=True, is_superuser=True))
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|javascript:"
        r"|<script(?![^>]*\ssrc=)(?![^>]*application/json)"
    )
    paths = ["/techniek/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
    assert len(paths) > 20
    seen = 0
    for path in paths:
        page = client.get(path)
        if page.status_code == 403 and path.endswith("/add/"):
            continue
        assert page.status_code == 200, path
        assert "unsafe" not in page["Content-Security-Policy"], path
        assert not inline.findall(page.content.decode()), path
        seen += 1
    assert seen > len(paths) / 2


def test_status_pages(client):
    assert client.get("/-/healthz").content == b"ok"
    parts = client.get("/-/readyz").json()["parts"]
    assert {"database", "outbox", "mail", "index"} <= set(parts)
    assert b"Contact: mailto:" in client.get("/.well-known/security.txt").content


def test_municipalities_and_regions():
    from core.models import Gemeente, Regio

    assert Gemeente.objects.valid_on(datetime.date(2026, 6, 1)).count() == 342
    haren = Gemeente.objects.get(naam="Haren")
    assert haren.opvolger.naam == "Groningen"
    assert haren in Gemeente.objects.valid_on(datetime.date(2018, 6, 1))
    assert Regio.objects.filter(soort="provincie").count() == 12
    assert Regio.objects.filter(soort="corop").count() == 40
    assert Regio.objects.filter(soort="koploperregio").count() == 6


# -- the pages of staff accounts ----------------------------------------------------------

INFORMAL = re.compile(
    r"\b(?:je|jij|jouw|Je|Jouw|your?|please|password|sign in)\b", re.IGNORECASE
)


def words(response) -> str:
    """What a person reads on a page or in a mail."""
    html = response.content.decode()
    html = re.sub(r"<(head|svg|script).*?</\1>", " ", html, flags=re.DOTALL)
    seen = re.findall(r'(?:placeholder|aria-label|title)="([^"]+)"', html)
    return " ".join([re.sub(r"<[^>]+>", " ", html), *seen])


@pytest.fixture
def staff(make_user):
    user = make_user("loketmedewerker", email="karim@voorbeeld.nl")
    user.set_password(SECRET)
    user.save()
    return user


def test_account_pages_say_u(client, staff):
    pages = [client.get("/medewerker/login/")]
    for _ in range(6):
        pages.append(
            client.post("/medewerker/login/", {"login": staff.email, "password": "x"})
        )
    pages.append(client.post("/medewerker/login/", {"login": "x"}))
    client.post("/medewerker/password/reset/", {"email": staff.email})
    client.post("/medewerker/password/reset/", {"email": "niemand@voorbeeld.nl"})
    reset = link_in(Mailbericht.objects.get(to__icontains=staff.email))
    pages += [
        client.get("/medewerker/password/reset/"),
        client.post("/medewerker/password/reset/", {"email": "x"}),
        client.get("/medewerker/password/reset/done/"),
        client.get(reset, follow=True),
        client.post(
            client.get(reset).url, {"password1": "kort", "password2": "anders"}
        ),
        client.get("/medewerker/password/reset/key/1-abc/"),
        client.get("/medewerker/signup/"),
        client.get("/medewerker/inactive/"),
    ]
    client.force_login(staff)
    pages += [
        client.get("/medewerker/password/change/"),
        client.post(
            "/medewerker/password/change/",
            {"oldpassword": "x", "password1": SECRET, "password2": "anders"},
        ),
        client.get("/medewerker/reauthenticate/"),
        client.post("/medewerker/reauthenticate/", {"password": "x"}),
        client.get("/medewerker/logout/"),
    ]
    staff.set_unusable_password()
    staff.save()
    client.force_login(staff)
    pages.append(client.get("/medewerker/password/set/"))
    assert {page.status_code for page in pages} <= {200, 422, 429}
    for page in pages:
        assert not INFORMAL.findall(words(page)), words(page)[300:1800]
    for mail in Mailbericht.objects.all():
        assert not INFORMAL.findall(re.sub(r"https?://\S+", "", mail.text))


def test_a_wrong_password_says_what_to_do(client, staff):
    page = client.post("/medewerker/login/", {"login": staff.email, "password": "x"})
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar." in words(page)


def test_a_changed_password_is_said_in_dutch(client, staff):
    client.force_login(staff)
    page = client.post(
        "/medewerker/password/change/",
        {"oldpassword": SECRET, "password1": SECRET + "2", "password2": SECRET + "2"},
        follow=True,
    )
    staff.refresh_from_db()
    assert staff.check_password(SECRET + "2")
    assert "Uw wachtwoord is veranderd." in words(page)


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/"]
)
def test_pages_that_the_desk_does_not_use_lead_to_the_login(client, path):
    assert client.get(f"/medewerker/{path}").url == "/medewerker/login/"


# -- where staff come after they logged in --------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "home", "menu"),
    [
        (["loketmedewerker"], "/werkplek/", "Werkplek"),
        (["deskundige", "redacteur"], "/werkplek/", "Werkplek"),
        (["beheerder"], "/werkplek/", "Werkplek"),
        (["programmamanager"], "/werkplek/", "Werkplek"),
        (["flexpoolcoordinator"], "/werkplek/", "Werkplek"),
        (["redacteur"], "/redactie/", "Redactie"),
        ([], "/werkplek/", "Beheer"),
    ],
)
def test_staff_come_to_their_work(client, make_user, roles, home, menu):
    user = make_user(*roles, email="x@voorbeeld.nl")
    user.set_password(SECRET)
    user.save()
    response = client.post(
        "/medewerker/login/", {"login": "x@voorbeeld.nl", "password": SECRET}
    )
    assert response["Location"] == home
    assert client.get(home).status_code == 200
    bar = client.get("/zoeken/").content.decode().split('class="medewerker"')[1]
    assert menu in bar[: bar.index("</form>")]


@pytest.mark.parametrize("part", ["techniek", "redactie"])
def test_both_admins_use_the_one_login_page(client, make_user, part):
    answer = client.get(f"/{part}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/medewerker/login/?next=/{part}/"
    client.force_login(make_user("programmamanager"))
    answer = client.get(f"/{part}/", follow=True)
    assert answer.status_code == 403
    assert "U hebt geen rechten voor dit deel." in answer.content.decode()
    client.force_login(make_user("beheerder", is_staff=True, is_superuser=True))
    assert client.get(f"/{part}/").status_code == 200


@pytest.mark.parametrize(
    ("path", "to"), [("/loket/uitloggen/", "/"), ("/medewerker/demo/", None)]
)
def test_addresses_of_acts_lead_to_a_page(client, settings, path, to):
    settings.DEMO = True
    assert client.get(path).url == (to or "/medewerker/login/")
