"""The second step of a login for staff: every page says 'u', in the frame of the site."""

import re

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.template.loader import render_to_string
from django.urls import get_resolver
from django.utils.html import strip_tags
from fido2 import cose
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord van Sanne"
INFORMAL = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
# English and long words of allauth that our pages would show when one is not overridden.
FOREIGN = re.compile(
    r"\b(?:authenticat\w*|twee-factor\S*|security key|recovery codes?|passkey)\b",
    re.IGNORECASE,
)
PLACE = "/medewerker/2fa/"


@pytest.fixture
def sanne(make_user):
    user = make_user("redacteur", name="Sanne")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def logged_in(client, sanne):
    sure(client, sanne)
    return client


def log_in(client, user):
    return client.post(
        "/medewerker/login/", {"login": user.email, "password": PASSWORD}
    )


def sure(client, user):
    """Logged in, and confirmed once more, as some pages want."""
    log_in(client, user)
    client.post("/medewerker/reauthenticate/", {"password": PASSWORD})
    return client


def with_app(user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def key_of(user):
    """A key that was added, with the bytes that a real one sends."""
    public = cose.ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    known = AuthenticatorData.create(
        b"h" * 32,
        AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP,
        0,
        AttestedCredentialData.create(b"\0" * 16, b"nummer-van-sleutel", public),
    )
    client = CollectedClientData.create("webauthn.create", b"c" * 32, "https://x.nl")
    name = websafe_encode(b"nummer-van-sleutel")
    credential = {
        "id": name,
        "rawId": name,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(
                AttestationObject.create("none", known, {})
            ),
        },
    }
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Stekker", "credential": credential},
    )


def plain(response, status=200):
    assert response.status_code == status
    html = response.content.decode()
    # In the frame of the site, so with its way to the contents.
    assert 'id="inhoud"' in html
    main = html.partition('id="inhoud"')[2].partition("</main>")[0]
    text = strip_tags(re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL))
    assert not INFORMAL.search(text), INFORMAL.search(text)
    assert not FOREIGN.search(text), FOREIGN.search(text)
    assert "<h1>" in main
    return text


def addresses():
    """What stands below /medewerker/2fa/, with a number where one belongs."""

    def walk(patterns, before):
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, path)
            elif path.startswith("medewerker/2fa/"):
                yield "/" + path

    return sorted(walk(get_resolver().url_patterns, ""))


def test_every_page_says_u(logged_in, sanne):
    walked = 0
    for address in addresses():
        if address.endswith(("authenticate/", "deactivate/", "download/")):
            continue
        sanne.authenticator_set.all().delete()
        if not address.endswith("activate/"):
            with_app(sanne)
            RecoveryCodes.activate(sanne)
        key = key_of(sanne)
        plain(logged_in.get(address.replace("<int:pk>", str(key.pk))))
        walked += 1
    assert walked >= 7
    sanne.authenticator_set.all().delete()
    key_of(sanne)
    with_app(sanne)
    plain(logged_in.get(f"{PLACE}totp/deactivate/"))
    plain(logged_in.get(f"{PLACE}reauthenticate/"))
    plain(logged_in.get(f"{PLACE}webauthn/reauthenticate/"))
    assert "Met een code uit uw app" in plain(
        logged_in.get("/medewerker/reauthenticate/")
    )


def test_without_anything_the_page_says_what_to_do(logged_in, sanne):
    text = plain(logged_in.get(PLACE))
    assert "U gebruikt nog geen app" in text
    refused = logged_in.post(f"{PLACE}recovery-codes/generate/")
    assert "U kunt nog geen herstelcodes maken" in plain(refused)


@time_machine.travel("2026-11-26 12:00:05+00:00", tick=False)
def test_an_app_is_switched_on_and_asked_for_at_the_next_login(client, sanne):
    logged_in = sure(client, sanne)
    page = logged_in.get(f"{PLACE}totp/activate/")
    assert "Code uit de app" in plain(page)
    secret = page.context["form"].secret
    assert secret in plain(page)
    wrong = logged_in.post(f"{PLACE}totp/activate/", {"code": "000000"})
    assert "Deze code klopt niet" in plain(wrong)
    done = logged_in.post(
        f"{PLACE}totp/activate/", {"code": code_of(secret)}, follow=True
    )
    # Codes for when the app is lost come with it.
    assert "Uw herstelcodes" in plain(done)
    codes = RecoveryCodes(
        sanne.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES)
    ).generate_codes()

    logged_in.logout()
    second = logged_in.get(log_in(logged_in, sanne).url)
    assert "Tweede stap van het inloggen" in plain(second)
    assert "Gebruik uw sleutel" in plain(second)
    refused = logged_in.post(f"{PLACE}authenticate/", {"code": "nee"})
    assert "Deze code klopt niet" in plain(refused)
    logged_in.post(f"{PLACE}authenticate/", {"code": codes[0]})
    assert logged_in.get(PLACE).status_code == 200


def test_every_refusal_is_in_our_tone():
    assert set(get_adapter().error_messages) >= {"incorrect_code", "unverified_email"}
    for message in get_adapter().error_messages.values():
        assert not INFORMAL.search(str(message))
        assert not FOREIGN.search(str(message))


@pytest.mark.parametrize(
    "name",
    [
        "recovery_codes_generated",
        "totp_activated",
        "totp_deactivated",
        "webauthn_added",
        "webauthn_removed",
    ],
)
def test_what_was_done_is_said_in_our_tone(name):
    text = render_to_string(f"mfa/messages/{name}.txt").strip()
    assert text.endswith(".")
    assert not INFORMAL.search(text)
    assert not FOREIGN.search(text)


def test_the_name_of_a_new_key_counts(sanne):
    assert get_adapter().generate_authenticator_name(sanne, "webauthn") == "Sleutel 1"
    key_of(sanne)
    assert get_adapter().generate_authenticator_name(sanne, "webauthn") == "Sleutel 2"
