"""Four eyes: whoever wrote the last change cannot approve it, a superuser neither."""

import json
import logging
import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester, Revision
from wagtail.permission_policies import ModelPermissionPolicy

from core import permissions
from core.models import User

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"

REFUSAL = _(
    "U schreef zelf de laatste wijziging. Een collega beoordeelt haar en keurt haar goed."
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


def last_writer(page: Any) -> int | None:
    """Id of the user who last changed a page or snippet since the version that is live.

    The editor saves a revision when somebody only approves; one that says the same as
    the one before is no change.
    """
    revisions = page.revisions.order_by("created_at", "pk")
    if page.live_revision_id:
        revisions = revisions.filter(pk__gte=page.live_revision_id)
    writer: int | None = None
    before = None
    for revision in revisions:
        now = _written(revision.content)
        is_live = revision.pk == page.live_revision_id
        if not is_live and revision.user_id is not None and now != before:
            writer = revision.user_id
        before = now
    return writer


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
    """Approval by somebody of the groups who did not write the last change."""

    class Meta:
        verbose_name = _("Beoordeling door een tweede lezer")
        verbose_name_plural = _("Beoordelingen door een tweede lezer")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Een lid van de groep dat niet de laatste wijziging schreef, keurt goed.")
        )

    def readers(self, obj: Any) -> QuerySet[User]:
        """Who may approve what is under review now, by name."""
        return (
            User.objects.filter(is_active=True, groups__in=self.groups.all())
            .exclude(pk=last_writer(obj) or 0)
            .distinct()
            .order_by("name")
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        actions = super().get_actions(obj, user)
        if user.pk == last_writer(obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin a review, and tell who may approve; each submission begins one."""
        from knowledge import notices

        task_state = super().start(workflow_state, user=user)
        notices.tell_readers(self, task_state, user)
        return task_state

    @transaction.atomic
    def on_action(
        self, task_state: Any, user: Any, action_name: str, **kwargs: Any
    ) -> str | None:
        """Do what the reviewer chose and tell the author; the address to go to, or None
        for the usual one.

        Approving one's own change, or what is not complete, changes nothing and leads
        to the editor, which shows why.
        """
        from knowledge import notices

        reviewed = task_state.workflow_state.content_object
        writer = last_writer(reviewed)
        if action_name == "approve":
            if user is None or not (user.is_superuser or self._user_in_groups(user)):
                raise PermissionDenied(_("Alleen een redacteur mag goedkeuren."))
            if (
                user.pk == writer
                or reviewed.get_latest_revision().as_object().publication_errors()
            ):
                return AdminURLFinder(user).get_edit_url(reviewed)
        target = super().on_action(task_state, user, action_name, **kwargs)
        if action_name in ("approve", "reject"):
            notices.tell_authors(
                task_state,
                reader=user,
                writer=writer,
                approved=action_name == "approve",
                comment=kwargs.get("comment", ""),
            )
        return target


def refusal(reviewed: Any, user: Any) -> str:
    """Why this user may not approve what is under review, and who may; empty if he may."""
    if not isinstance(reviewed, ReviewedMixin) or reviewed.pk is None:
        return ""
    task = reviewed.current_workflow_task
    if not isinstance(task, TweedeLezerTask) or user.pk != last_writer(reviewed):
        return ""
    names = [reader.name or reader.email for reader in task.readers(reviewed)[:5]]
    who = (
        gettext("Dit kunnen: %(namen)s.") % {"namen": ", ".join(names)}
        if names
        else gettext(
            "Er is nu geen andere redacteur. Vraag de beheerder om er een toe te voegen."
        )
    )
    return f"{REFUSAL} {who}"


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
        """Lifting a restriction shows a page to everybody: not for one editor to decide."""
        return self._may_edit() and permissions.in_group(
            self.user, permissions.BEHEERDER
        )

    def can_unschedule(self) -> bool:
        return self._may_edit()


class ReviewedPolicy(ModelPermissionPolicy):
    """The same for snippets: nobody has the right to publish."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "publish" and super().user_has_permission(user, action)


class ReviewedMixin:
    """For what goes live after a review: a guard on every way to publish."""

    pk: Any
    workflow_in_progress: bool
    current_workflow_task: Any

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        log_action: Any = True,
        **kwargs: Any,
    ) -> Any:
        """Publish after checking that the revision is complete.

        With a user the permission rule holds, so only the workflow and the loader,
        which pass none, get through. Raises ValidationError or PermissionDenied; a
        moment that was planned for what is not complete is called off instead, so that
        the other planned moments go on.
        """
        try:
            revision.as_object().prepare_publication(revision)
        except ValidationError as error:
            if log_action != SCHEDULED:
                raise
            return _call_off(revision, error)
        return super().publish(  # type: ignore[misc]
            revision, user=user, log_action=log_action, **kwargs
        )

    def publication_errors(self) -> dict[str, list[str]]:
        """Why this may not go live yet: Dutch messages by field; empty when it may."""
        errors: dict[str, list[str]] = {}
        try:
            self.full_clean()  # type: ignore[attr-defined]
        except ValidationError as error:
            errors = error.message_dict
        for name, message in self.missing_for_publication().items():
            errors.setdefault(name, []).append(message)
        return errors

    def missing_for_publication(self) -> dict[str, Any]:
        """What the rules of publication ask beyond those of a draft, by field."""
        return {}

    def prepare_publication(self, revision: Revision) -> None:
        """Raise ValidationError when this may not go live yet."""
        errors = self.publication_errors()
        if errors:
            raise ValidationError(errors)


def _call_off(revision: Revision, error: ValidationError) -> None:
    """Cancel the planned moment of a revision; operators and editors can read why."""
    logger.warning("Niet gepubliceerd: %s. %s", revision, " ".join(error.messages))
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(
        instance=revision.content_object,
        action="knowledge.not_published",
        revision=revision,
        data={"reden": error.messages},
    )


class FourEyesMixin(ReviewedMixin):
    """For page classes: the tester and the guard above."""

    def permissions_for_user(self, user: Any) -> FourEyesPermissionTester:
        return FourEyesPermissionTester(user, self)
