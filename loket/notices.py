"""Mail to staff about work: reference, municipality, title, link; never content."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from core import mail, permissions
from core.models import Team, User
from experts import selectors as experts

from .models import Berichtvoorkeur, Dagbericht, Vraag
from .permissions import may_work_on

(
    NEW,
    ASSIGNED,
    REPLY,
    REOPENED,
    MAIL_FAILED,
    REPLY_OF_COLLEAGUE,
    NEARLY_LATE,
    SILENT,
) = (
    "nieuwe vraag voor uw team",
    "aan u toegewezen",
    "reactie van de vrager",
    "heropend",
    "mail kwam niet aan",
    "reactie van een collega van de vrager",
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


def _send(vraag: Vraag, reden: str, address: str, *, who: str = "") -> None:
    context = _context(vraag, reden)
    mail.send(
        template="loket/werk",
        to=[address],
        context=context,
        about=vraag.key,
        who=who,
        line={"kenmerk": vraag.reference, "pad": str(context["pad"])},
    )


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
            _send(vraag, reden, user.email, who=f"user:{user.pk}")
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
        _send(vraag, reden, team.email)


def tell_front_office(vraag: Vraag, reden: str) -> None:
    """Tell who mends what goes wrong; and who treats the question."""
    people = User.objects.filter(
        Q(groups__name=permissions.LOKETMEDEWERKER) | Q(pk=vraag.owner_id),
        is_active=True,
    )
    tell(vraag, people.distinct().order_by("pk"), reden)


LEAVE_SALT = "loket.dagbericht.afmelden"


def leave_path(user: User) -> str:
    """Where this member of staff stops the daily mail, also without logging in."""
    return reverse("loket:leave_daily", args=[signing.dumps(user.pk, salt=LEAVE_SALT)])


def who_leaves(token: str) -> User | None:
    """Whose token this is; None when it is not one of ours."""
    try:
        pk = signing.loads(token, salt=LEAVE_SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


def leave_daily(*, user: User) -> None:
    """No mail about work any more, until this person wants it again."""
    Berichtvoorkeur.objects.update_or_create(
        user=user, defaults={"wanneer": Berichtvoorkeur.Wanneer.UIT}
    )
    Dagbericht.objects.filter(user=user).delete()


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
                    "afmelden": leave_path(user),
                },
                headers={
                    "List-Unsubscribe": f"<{settings.BASE_URL}{leave_path(user)}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )
            sent += 1
        Dagbericht.objects.filter(user=user).delete()
    return sent
