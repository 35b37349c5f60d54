"""From Wagtail's signals to our index and own signals."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.admin.views.pages import edit
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import page_published as wagtail_published
from wagtail.signals import (
    page_slug_changed,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.signals import (
    page_unpublished as wagtail_unpublished,
)

from core.models import Gemeente
from search import services as search_services

from . import notices, signals
from .models import Begrip, KennisPagina, Modelverordening, Regeling
from .regelingen import services as regelingen
from .regelingen.indexers import refresh_regeling_later


def _no_mail(**kwargs: Any) -> None:
    """Stands in for a mail of Wagtail: it would go past our outbox (see ``notices``)."""


# A receiver is connected once under a name, and this app is ready before Wagtail's.
for _signal, _sender, _name in (
    (task_submitted, TaskState, "group_approval_task_submitted"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted"),
    (workflow_approved, WorkflowState, "workflow_state_approved"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected"),
):
    _signal.connect(
        _no_mail, sender=_sender, dispatch_uid=f"{_name}_email_notification"
    )
# Wagtail has no signal for comments; its editor calls this by name.
edit.send_notification = notices.tell_about_comments


def _kennis(instance: Any) -> KennisPagina | None:
    specific = instance.specific
    return specific if isinstance(specific, KennisPagina) else None


@receiver(wagtail_published)
def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    page = _kennis(instance)
    if page is not None:
        search_services.refresh_later(page.soort, page.pk)
        regelingen.read_citations_later("pagina", page.pk)
        signals.page_published.send(sender=type(page), page=page)
    elif isinstance(instance, Modelverordening):
        regelingen.publish_model(page=instance)


@receiver(wagtail_unpublished)
def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    page = _kennis(instance)
    if page is not None:
        search_services.refresh_later(page.soort, page.pk)
        regelingen.read_citations_later("pagina", page.pk)
        signals.page_unpublished.send(sender=type(page), page=page)
    elif isinstance(instance.specific, Modelverordening):
        regelingen.withdraw_model(page=instance.specific)


@receiver(pre_delete)
def on_delete(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, KennisPagina) and instance.soort:
        search_services.refresh_later(instance.soort, instance.pk)
    elif isinstance(instance, Modelverordening):
        regelingen.withdraw_model(page=instance)
    elif isinstance(instance, Begrip):
        search_services.refresh_later("begrip", instance.pk)


@receiver(post_save, sender=Begrip)
def on_begrip_saved(sender: Any, instance: Begrip, **kwargs: Any) -> None:
    search_services.refresh_later("begrip", instance.pk)


@receiver([page_slug_changed, post_page_move])
def on_address_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """New addresses in the index; Wagtail itself redirects the old ones."""
    _refresh_tree(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def on_restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Who may read a page and what is under it has changed."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _refresh_tree(page)


@receiver(post_save, sender=Gemeente)
def on_gemeente_saved(sender: Any, instance: Gemeente, **kwargs: Any) -> None:
    """Its regulations are filtered by its name, province and size."""
    for pk in Regeling.objects.filter(gemeente=instance).values_list("pk", flat=True):
        refresh_regeling_later(pk)


def _refresh_tree(root: Page) -> None:
    for page in root.get_descendants(inclusive=True).live().specific(defer=True):
        if isinstance(page, KennisPagina):
            search_services.refresh_later(page.soort, page.pk)
