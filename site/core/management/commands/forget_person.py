"""``manage.py forget_person EMAIL --yes``: erase all that is held of an asker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from core.models import Contact, User
from core.services import forget_person


class Command(BaseCommand):
    help = "Wis alles wat van een vrager bewaard is. Vragen blijven anoniem meetellen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--yes", action="store_true", help="wis zonder nog iets te vragen"
        )

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        email = email.strip().lower()
        if not yes:
            known = Contact.objects.filter(email=email).exists()
            raise CommandError(
                f"{email} is {'' if known else 'niet '}bekend als vrager. Er is niets"
                " gewist. Wissen kan niet ongedaan: geef --yes.",
                returncode=2,
            )
        for name, count in forget_person(email=email).items():
            self.stdout.write(f"{name}: {count}")
        if User.objects.filter(email=email).exists():
            self.stderr.write(
                "Dit adres heeft ook een account van een medewerker. Dat is niet gewist:"
                " schakel het uit op /beheer/."
            )
        self.stdout.write(
            "Gewist. Reservekopieën gaan vanzelf weg als hun bewaartijd om is."
        )
