"""Four eyes: whoever worked on a draft cannot approve it, a superuser neither."""

import json
import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester

REFUSAL = _(
    "U hebt zelf aan deze versie gewerkt. Vraag een collega om haar te beoordelen."
)


# What a save changes by itself, without anybody writing anything.
VOLATILE = frozenset(
    [
        "id",
        "latest_revision",
        "live_revision",
        "latest_revision_created_at",
        "last_published_at",
        "first_published_at",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "comments",
        "draft_title",
        "url_path",
        "path",
        "depth",
        "numchild",
        "live",
        "expired",
        "expire_at",
        "go_live_at",
        "owner",
    ]
)


def contributors(page: Page) -> set[int]:
    """Ids of the users who changed the text since the version that is live now.

    The editor saves a revision when somebody only approves; one that says the same as
    the one before does not make a contributor.
    """
    revisions = page.revisions.order_by("created_at", "pk")
    if page.live_revision_id:
        revisions = revisions.filter(pk__gte=page.live_revision_id)
    found: set[int] = set()
    before = None
    for revision in revisions:
        now = _written(revision.content)
        is_live = revision.pk == page.live_revision_id
        if not is_live and revision.user_id is not None and now != before:
            found.add(revision.user_id)
        before = now
    return found


def _written(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a revision without what changes by itself."""
    return {
        name: _plain(value) for name, value in content.items() if name not in VOLATILE
    }


def _plain(value: Any) -> Any:
    """A value without keys that storage adds; empty values are all the same."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                return _plain(json.loads(value))
            except ValueError:
                return value
        return re.sub(r' data-block-key="[^"]*"', "", value).strip() or None
    if isinstance(value, list):
        return [_plain(item) for item in value] or None
    if isinstance(value, dict):
        if set(value) - {"id"} == {"type", "value"} and value["type"] == "item":
            return _plain(value["value"])
        return {
            name: _plain(item)
            for name, item in value.items()
            if name not in ("id", "pk", "van", "sort_order")
        }
    return value or None


class TweedeLezerTask(AbstractGroupApprovalTask):
    """Approval by somebody of the groups who did not work on the draft."""

    class Meta:
        verbose_name = _("Beoordeling door een tweede lezer")
        verbose_name_plural = _("Beoordelingen door een tweede lezer")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Een lid van de groep dat niet aan de tekst werkte, keurt goed."))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        actions = super().get_actions(obj, user)
        if user.pk in contributors(obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(
        self, task_state: Any, user: Any, action_name: str, **kwargs: Any
    ) -> None:
        if action_name == "approve":
            page = task_state.workflow_state.content_object
            if user is None or user.pk in contributors(page):
                raise PermissionDenied(REFUSAL)
            if not (user.is_superuser or self._user_in_groups(user)):
                raise PermissionDenied(_("Alleen een redacteur mag goedkeuren."))
        super().on_action(task_state, user, action_name, **kwargs)


class FourEyesPermissionTester(PagePermissionTester):
    """Nobody publishes directly: publishing follows from an approved review."""

    def _may_edit(self) -> bool:
        return self.user.is_active and (
            self.user.is_superuser or "change" in self.permissions
        )

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return self._may_edit() and self.page.live and not self.page_locked()

    def can_set_view_restrictions(self) -> bool:
        return self._may_edit()

    def can_unschedule(self) -> bool:
        return self._may_edit()


class FourEyesMixin:
    """For page classes: the tester above and a guard on every way to publish."""

    def permissions_for_user(self, user: Any) -> FourEyesPermissionTester:
        return FourEyesPermissionTester(user, self)

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish after checking that the page is complete.

        With a user the permission rule holds, so only the workflow and the loader,
        which pass none, get through. Raises ValidationError or PermissionDenied.
        """
        page = revision.as_object()
        page.prepare_publication(revision)
        return super().publish(revision, user=user, **kwargs)  # type: ignore[misc]

    def prepare_publication(self, revision: Any) -> None:
        """Raise ValidationError when this page may not go live yet."""
