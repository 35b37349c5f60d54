"""Demo persons and contact details, in demo mode only."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from core.demo import PERSONS
from core.models import Loketgegevens, Team, User
from experts.models import Teamlid


@transaction.atomic
def ensure_demo() -> None:
    """Make the seven persons with their teams; no usable password, so one click only."""
    for person in PERSONS:
        user, made = User.objects.get_or_create(
            email=person.email, defaults={"name": person.name, "password": "!"}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=person.group))
        for slug in person.teams:
            Teamlid.objects.get_or_create(team=Team.objects.get(slug=slug), user=user)
    site = Site.objects.get(is_default_site=True)
    Loketgegevens.objects.get_or_create(
        site=site,
        defaults={
            "telefoon": "088 000 00 00",
            "openingstijden": "op werkdagen van 9.00 tot 17.00 uur",
            "email": "loket@example.nl",
        },
    )
