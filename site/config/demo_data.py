"""Demo persons, contact details, mail domains and ordinances, in demo mode only."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from core import services
from core.demo import PERSONS
from core.models import Gemeente, Loketgegevens, Team, User
from experts.models import Teamlid
from knowledge.regelingen.voorbeelden import publish_examples, withdraw_examples

# Domains that exist nowhere (RFC 2606), to walk the proof of belonging to a gemeente.
DOMAINS = {
    "GM0119": "meppel.example",
    "GM0301": "zutphen.example",
    "GM0344": "utrecht.example",
}
EXAMPLE = "voorbeeld voor de demo"


def follow_demo_mode() -> None:
    """Make the demo where demo mode is on, and end it where it is off."""
    if settings.DEMO:
        ensure_demo()
    else:
        retire_demo()


@transaction.atomic
def ensure_demo() -> None:
    """Make the seven persons with their teams (no usable password, so one click only), and
    publish the example ordinances."""
    for person in PERSONS:
        user, made = User.objects.get_or_create(
            email=person.email, defaults={"name": person.name, "password": "!"}
        )
        if made:
            user.set_unusable_password()
        user.is_active = True
        user.save(update_fields=["password", "is_active"])
        user.groups.add(Group.objects.get(name=person.group))
        for slug in person.teams:
            Teamlid.objects.get_or_create(
                team=Team.objects.get(slug=slug),
                user=user,
                defaults={"coordinator": True},
            )
    for code, domain in DOMAINS.items():
        Gemeente.objects.filter(code=code, mail_domains=[]).update(
            mail_domains=[domain], mail_domains_bron=EXAMPLE
        )
    site = Site.objects.get(is_default_site=True)
    Loketgegevens.objects.get_or_create(
        site=site,
        defaults={
            "telefoon": "088 000 00 00",
            "openingstijden": "op werkdagen van 9.00 tot 17.00 uur",
            "email": "loket@example.nl",
        },
    )
    publish_examples()


@transaction.atomic
def retire_demo() -> None:
    """Switch the demo persons off, forget the example domains, withdraw the ordinances."""
    emails = [person.email for person in PERSONS]
    users = list(User.objects.filter(email__in=emails, is_active=True))
    services.close_accounts(users=users)
    for code, domain in DOMAINS.items():
        Gemeente.objects.filter(code=code, mail_domains=[domain]).update(
            mail_domains=[], mail_domains_bron=""
        )
    withdraw_examples()
