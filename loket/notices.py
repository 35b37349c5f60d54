"""Mail to staff about work: reference, municipality, title, link; never content."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from core import mail
from core.models import Team, User
from experts import selectors as experts

from .models import Berichtvoorkeur, Dagbericht, Vraag
from .permissions import may_work_on

NEW, ASSIGNED, REPLY, REOPENED, NEARLY_LATE, SILENT = (
    "nieuwe vraag voor uw team",
    "aan u toegewezen",
    "reactie van de vrager",
    "heropend",
    "bijna te laat: antwoord, of noem de vrager een latere dag",
    "gesloten, omdat de vrager niet reageerde",
)


def _context(vraag: Vraag, reden: str) -> dict[str, object]:
    return {
        "vraag": vraag,
        "gemeente": vraag.gemeente.naam
        if vraag.gemeente
        else vraag.contact.organisatie or "geen gemeente",
        "reden": reden,
        "pad": reverse("loket:workplace_question", args=[vraag.reference]),
    }


def tell(vraag: Vraag, users: Iterable[User], reden: str) -> None:
    """Tell members of staff at once, tomorrow or not, as each prefers; only who may see it."""
    people = [user for user in users if may_work_on(user, vraag)]
    wishes = dict(
        Berichtvoorkeur.objects.filter(user__in=people).values_list(
            "user_id", "wanneer"
        )
    )
    for user in people:
        wish = wishes.get(user.pk, Berichtvoorkeur.Wanneer.DIRECT)
        if wish == Berichtvoorkeur.Wanneer.DIRECT:
            mail.send(
                template="loket/werk",
                to=[user.email],
                context=_context(vraag, reden),
                about=vraag.key,
            )
        elif wish == Berichtvoorkeur.Wanneer.DAGELIJKS:
            Dagbericht.objects.create(user=user, vraag=vraag, reden=reden)


def tell_team(vraag: Vraag, team: Team, reden: str, *, but: User | None = None) -> None:
    """Tell a team: its members, or its own address when it has none."""
    people = [
        user for user in experts.members(team) if but is None or user.pk != but.pk
    ]
    if people:
        tell(vraag, people, reden)
    elif team.email:
        mail.send(
            template="loket/werk",
            to=[team.email],
            context=_context(vraag, reden),
            about=vraag.key,
        )


@transaction.atomic
def send_daily() -> int:
    """One mail per person with what waited; returns how many mails."""
    sent = 0
    for user in User.objects.filter(
        pk__in=Dagbericht.objects.values("user"), is_active=True
    ):
        rows = [
            row
            for row in Dagbericht.objects.filter(user=user).select_related(
                "vraag__gemeente", "vraag__contact"
            )
            if may_work_on(user, row.vraag)
        ]
        if rows:
            mail.send(
                template="loket/dagbericht",
                to=[user.email],
                context={
                    "naam": user.get_short_name(),
                    "regels": [{**_context(r.vraag, r.reden)} for r in rows],
                },
            )
            sent += 1
        Dagbericht.objects.filter(user=user).delete()
    return sent
