import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import AppConfig
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


class LoketConfig(AppConfig):
    name = "loket"
    verbose_name = "Loket"

    def ready(self) -> None:
        from core import health, mail, permissions, registry
        from core.models import User
        from core.person import Person
        from knowledge.registry import (
            OriginLink,
            register_ask_about_article,
            register_origin,
        )

        from . import (  # noqa: F401
            indexers,
            postbussen,
            signal_handlers,
            volume_documents,
        )
        from .models import Inzage
        from .permissions import may_work_on, visible_to, visible_vragen
        from .routing.service import editable_teams
        from .services import (
            note_failed,
            privacy,
            record_virus,
            return_all_of,
        )

        def may_have_bericht(person: Any, bericht: Any) -> bool:
            """Files of a message: who sees the question; of a note: who works on it."""
            if bericht.is_internal:
                return may_work_on(person.user, bericht.vraag)
            return visible_to(person, bericht.vraag)

        def question_behind(person: Person, key: str) -> OriginLink | None:
            """The question that a knowledge page was made from, for who works on it.

            Its link leads to the workplace, where a key or login of an asker opens nothing.
            """
            pk = key.removeprefix("vraag:")
            vraag = visible_vragen(Person(user=person.user)).filter(pk=pk).first()
            if vraag is None:
                return None
            return OriginLink(
                vraag.reference,
                reverse("loket:workplace_question", args=[vraag.reference]),
            )

        def ask_about(regeling: int, anchor: str, day: datetime.date | None) -> str:
            values = {"regeling": regeling, "anker": anchor}
            query = values | ({"geldig-op": day.isoformat()} if day else {})
            return f"{reverse('loket:ask')}?{urlencode(query)}"

        register_origin("vraag", question_behind)
        register_ask_about_article(ask_about)
        registry.register_owner_rule("loket.Bericht", may_have_bericht)
        registry.register_owner_rule("loket.Vraag", visible_to)
        registry.register_infected("loket.Bericht", record_virus)
        registry.register_forget(privacy.forget)
        registry.register_export(privacy.export)

        def file_opened(person: Person, owner: Any) -> None:
            """Staff who open a file of a question looked at personal data."""
            pk = {"loket.bericht": "vraag_id", "loket.vraag": "pk"}.get(
                owner._meta.label_lower
            )
            if pk and person.user is not None:
                privacy.looked_at(
                    user=person.user,
                    pks=[getattr(owner, pk)],
                    wat=Inzage.Wat.BIJLAGE,
                )

        registry.register_opened(file_opened)

        def on_rights_changed(user: User) -> None:
            """Who may no longer work on questions leaves none behind."""
            if not permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS):
                return_all_of(user=user)

        registry.register_rights_changed(on_rights_changed)
        mail.on_failed(lambda bericht: note_failed(bericht=bericht))
        registry.register_manage_page(
            registry.ManagePage(
                "loket:routing_terms",
                _("Woorden die een vraag naar een team sturen"),
                _("Voeg woorden toe, verander ze en zie wat dat doet."),
                lambda user: editable_teams(user).exists(),
            )
        )
        for name, title, use in (
            (
                "loket:closing_days",
                _("Sluitingsdagen"),
                _("Op deze dagen is het loket dicht en staat de klok stil."),
            ),
            (
                "loket:hours_of_all",
                _("Werktijden"),
                _("Wanneer de teams werken, samen of elk apart."),
            ),
            (
                "loket:periods",
                _("Termijnen"),
                _(
                    "Hoe snel een vrager antwoord krijgt, en wanneer het loket herinnert."
                ),
            ),
            (
                "loket:keep",
                _("Bewaren"),
                _("Hoe lang vragen, vragers en mail blijven."),
            ),
            (
                "loket:looked",
                _("Wie bekeek wat"),
                _("Welke medewerker op welke dag een vraag opende."),
            ),
        ):
            registry.register_manage_page(
                registry.ManagePage(
                    name,
                    title,
                    use,
                    lambda user: permissions.in_group(user, permissions.BEHEERDER),
                )
            )
        health.register("mail_in", postbussen.check)
        registry.register_manage_page(
            registry.ManagePage(
                "loket:mailboxes",
                _("Postbussen"),
                lazy(postbussen.in_words, str)(),
                lambda user: permissions.in_group(user, permissions.BEHEERDER),
            )
        )
