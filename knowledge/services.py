"""State changes of the knowledge base."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from core import permissions
from core.models import Team, User

from .choices import MEERVOUD, Soort
from .models import (
    Aandachtsgroep,
    Begrip,
    Bron,
    HomePage,
    KennisPagina,
    Kerncijfer,
    OverzichtPagina,
    Terugkoppeling,
    Thema,
    TweedeLezerTask,
    VraagEnAntwoord,
)
from .models.snippets import EIGEN_PAGINA
from .models.workflow import REFUSAL, last_writer

REVIEW_PERIOD = datetime.timedelta(days=182)
EDITOR_PAGE_PERMISSIONS = ("add_page", "change_page", "lock_page", "unlock_page")
SNIPPETS = (
    "aandachtsgroep",
    "thema",
    "bouwsteen",
    "bron",
    "organisatie",
    "begrip",
    "kerncijfer",
)


@transaction.atomic
def ensure_editorial(groups: dict[str, Group]) -> HomePage:
    """Page tree, review workflow and what editors may do; safe to run again.

    groups: the six staff groups by name. Returns the home page.
    """
    home = _ensure_tree()
    editors = groups[permissions.REDACTEUR]
    managers = groups[permissions.BEHEERDER]
    task = TweedeLezerTask.objects.first() or TweedeLezerTask.objects.create(
        name=_("Tweede lezer"), active=True
    )
    task.groups.set([editors, managers])
    workflow = Workflow.objects.filter(name="Publiceren").first()
    if workflow is None:
        workflow = Workflow.objects.create(name="Publiceren", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.get_or_create(
        page=home.page_ptr, defaults={"workflow": workflow}
    )
    for model in (Begrip, Kerncijfer):
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model),
            defaults={"workflow": workflow},
        )
    page_permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=EDITOR_PAGE_PERMISSIONS
    )
    access = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    snippets = Permission.objects.filter(
        content_type__app_label="knowledge", content_type__model__in=SNIPPETS
    ).exclude(codename__startswith="publish_")
    own_settings = Permission.objects.filter(
        content_type__app_label="core", codename="change_loketgegevens"
    )
    media = Permission.objects.filter(
        content_type__app_label__in=["wagtaildocs", "wagtailimages"],
        codename__regex=r"^(add|change|choose)_(document|image)$",
    )
    root_collection = Collection.get_first_root_node()
    for group in (editors, managers):
        group.permissions.add(access, *snippets, *own_settings)
        for permission in page_permissions:
            GroupPagePermission.objects.get_or_create(
                group=group, page=home.page_ptr, permission=permission
            )
        for permission in media:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root_collection, permission=permission
            )
    return home


def keep_address() -> None:
    """Have full addresses of pages begin with BASE_URL, also after it changed."""
    own = urlsplit(settings.BASE_URL)
    port = own.port or (443 if own.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).exclude(
        hostname=own.hostname, port=port
    ).update(hostname=own.hostname, port=port)
    Site.clear_site_root_paths_cache()


def _ensure_tree() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = HomePage(
            title="Thuisloket",
            slug="thuisloket",
            voorbeelden="urgentie voor jongeren uit jeugdhulp\nwoonzorgvisie maken\nvoorbeelden gemengd wonen",
        )
        root.add_child(instance=home)
        site = Site.objects.filter(is_default_site=True).first()
        welcome = site.root_page if site else None
        if site is None:
            Site.objects.create(
                hostname="localhost",
                root_page=home,
                is_default_site=True,
                site_name="Thuisloket",
            )
        else:
            site.root_page = home
            site.site_name = "Thuisloket"
            site.save()
        if (
            welcome is not None
            and welcome.pk != home.pk
            and welcome.specific_class is Page
        ):
            welcome.delete()
        for soort in MEERVOUD:
            parent_for(soort)
        _leave_out_what_wagtail_brings()
    keep_address()
    return home


def _leave_out_what_wagtail_brings() -> None:
    """The English groups and workflow of a new Wagtail, which nothing here uses."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()


def parent_for(soort: str) -> Page:
    """The overview under which a new page of this kind is placed.

    All are made with the tree, once: what an editor deletes stays away, until a page
    of that kind needs its place again.
    """
    home = HomePage.objects.get()
    if soort == Soort.INFOPAGINA:
        return home
    found = OverzichtPagina.objects.filter(soort=soort).order_by("path").first()
    if found is not None:
        return found
    base = OverzichtPagina.objects.child_of(home).filter(slug="kennisbank").first()
    if base is None:
        base = home.add_child(
            instance=OverzichtPagina(
                title="Kennisbank",
                slug="kennisbank",
                intro="Alles wat wij weten over wonen voor mensen die extra aandacht nodig hebben. Elke pagina noemt haar bronnen en wanneer zij is gecontroleerd.",
            )
        )
    kind = Soort(soort)
    return base.add_child(
        instance=OverzichtPagina(
            title=str(MEERVOUD[kind]), slug=kind.value, soort=kind.value
        )
    )


@dataclass(frozen=True)
class DraftSection:
    """A section of a draft: heading, safe HTML, and sources as (Bron id, place)."""

    kop: str
    html: str
    bronnen: tuple[tuple[int, str], ...] = ()
    anker: str = ""


@transaction.atomic
def create_answer_draft(
    *,
    user: User,
    title: str,
    kort_antwoord: str,
    sections: Sequence[DraftSection],
    team: Team,
    doelgroepen: Iterable[Aandachtsgroep] = (),
    themas: Iterable[Thema] = (),
    origin_key: str = "",
    related: Iterable[KennisPagina] = (),
) -> VraagEnAntwoord:
    """A draft VraagEnAntwoord in review; the author is ``user`` and cannot approve it.

    Raises PermissionDenied for who is no expert, front office or editor, and
    ValidationError when there already is a page for this origin.
    """
    if not permissions.in_group(
        user,
        permissions.DESKUNDIGE,
        permissions.LOKETMEDEWERKER,
        permissions.REDACTEUR,
        permissions.BEHEERDER,
    ):
        raise PermissionDenied(
            _("Alleen medewerkers van het loket maken kennis van een antwoord.")
        )
    if origin_key and VraagEnAntwoord.objects.filter(origin_key=origin_key).exists():
        raise ValidationError(_("Van deze vraag is al een kennispagina gemaakt."))
    today = timezone.localdate()
    page = VraagEnAntwoord(
        title=title,
        live=False,
        owner=user,
        in_het_kort=kort_antwoord,
        team=team,
        gecontroleerd_op=today,
        volgende_controle=today + REVIEW_PERIOD,
        beantwoord_op=today,
        origin_key=origin_key,
        secties=[
            {
                "type": "sectie",
                "value": {
                    "kop": section.kop,
                    "anker": section.anker,
                    "inhoud": [{"type": "tekst", "value": section.html}],
                    "bronnen": [
                        {"bron": pk, "plaats": place} for pk, place in section.bronnen
                    ],
                },
            }
            for section in sections
        ],
    )
    page.doelgroepen = list(doelgroepen)
    page.themas = list(themas)
    from .models import PaginaRelatie

    page.relaties = [
        PaginaRelatie(naar_id=other.pk) for other in {p.pk: p for p in related}.values()
    ]
    parent_for(Soort.VRAAG_EN_ANTWOORD).add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    submit_for_review(user=user, page=page)
    return page


@transaction.atomic
def submit_for_review(*, user: User, page: KennisPagina) -> None:
    """Start the review, or resume it after a refusal; nothing when it already runs."""
    state = page.current_workflow_state
    if state is not None:
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
    else:
        workflow = page.get_workflow()
        if workflow is None:
            raise ValidationError(
                _("Er is geen beoordeling ingesteld voor deze pagina.")
            )
        workflow.start(page, user)


@transaction.atomic
def approve(*, user: User, page: KennisPagina, comment: str = "") -> None:
    """Approve the draft under review, which publishes it.

    Raises PermissionDenied for who wrote the last change or is no editor, and
    ValidationError when the page is not under review or not complete.
    """
    state = page.current_workflow_state
    if state is None or state.current_task_state is None:
        raise ValidationError(_("Deze pagina is niet ter beoordeling aangeboden."))
    if user.pk == last_writer(page):
        raise PermissionDenied(REFUSAL)
    errors = page.get_latest_revision_as_object().publication_errors()
    if errors:
        raise ValidationError(errors)
    task_state = state.current_task_state.specific
    task_state.task.specific.on_action(task_state, user, "approve", comment=comment)


@transaction.atomic
def unpublish(*, user: User, page: KennisPagina) -> None:
    """Take a page offline."""
    if not page.permissions_for_user(user).can_unpublish():
        raise PermissionDenied(_("U mag deze pagina niet offline halen."))
    page.unpublish(user=user)


@transaction.atomic
def mark_reviewed(
    *, user: User, page: KennisPagina, next_check: datetime.date | None = None
) -> None:
    """'Klopt nog': move the dates of a live page and its newest draft, and log who said so.

    Raises PermissionDenied for who may not edit the page.
    """
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied(
            _(
                "Alleen de redactie of het eigen team bevestigt dat een pagina nog klopt."
            )
        )
    today = timezone.localdate()
    changes = {
        "gecontroleerd_op": today,
        "volgende_controle": next_check or today + REVIEW_PERIOD,
    }
    KennisPagina.objects.filter(pk=page.pk).update(**changes)
    for revision in {page.live_revision, page.latest_revision} - {None}:
        revision.content.update(
            {name: value.isoformat() for name, value in changes.items()}
        )
        revision.save(update_fields=["content"])
    for name, value in changes.items():
        setattr(page, name, value)
    log(instance=page, action="knowledge.reviewed", user=user)
    from search import services as search_services

    search_services.refresh_later(page.soort, page.pk)


@transaction.atomic
def give_feedback(
    *, page: KennisPagina, helpful: bool, reason: str = "", note: str = ""
) -> Terugkoppeling:
    """Record a vote on a page; nothing of who voted is kept."""
    valid = dict(Terugkoppeling.Reden.choices)
    return Terugkoppeling.objects.create(
        pagina=page,
        geholpen=helpful,
        reden=reason if reason in valid and not helpful else "",
        toelichting=note[:500],
    )


def bron_for_page(page: KennisPagina) -> Bron:
    """A Bron that points to a page of ours, for answers that cite it."""
    bron, _made = Bron.objects.get_or_create(
        slug=f"pagina-{page.pk}",
        defaults={
            "titel": page.title[:250],
            "uitgever": "Thuisloket",
            "url": page.full_url or "",
            "soort": EIGEN_PAGINA,
            "zekerheid": "openbaar",
            "nagegaan": timezone.localdate(),
        },
    )
    return bron
