"""Mail about a text under work: what it is, who asks and where it stands; never the text itself."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.users.models import UserProfile

from core import mail, permissions
from core.models import User
from core.person import Person

from .registry import origin_of


def tell_readers(task: Any, task_state: Any, submitter: User | None) -> None:
    """Ask the other editors to review; the managers when there is no other editor."""
    reviewed = _under_review(task_state)
    readers = task.readers(reviewed).exclude(
        wagtail_userprofile__submitted_notifications=False
    )
    if submitter is not None:
        readers = readers.exclude(pk=submitter.pk)
    editors = readers.filter(groups__name=permissions.REDACTEUR)
    for reader in editors or readers:
        mail.send(
            template="knowledge/beoordeling",
            to=[reader.email],
            context={
                **_context(reviewed),
                "door": submitter.name if submitter else "",
                "adres": _edit_address(reviewed, reader),
            },
            about=_key(reviewed),
            message_key=f"beoordeling-{task_state.pk}-{reader.pk}",
        )


def tell_authors(
    task_state: Any,
    *,
    reader: User,
    writer: int | None,
    approved: bool,
    comment: str,
) -> None:
    """Tell who wrote and who submitted what became of it, with the reader's words."""
    reviewed = _under_review(task_state)
    submitter = task_state.workflow_state.requested_by_id
    wish = "approved_notifications" if approved else "rejected_notifications"
    authors = (
        User.objects.filter(pk__in={writer, submitter} - {None, reader.pk})
        .filter(is_active=True)
        .exclude(**{f"wagtail_userprofile__{wish}": False})
    )
    for author in authors:
        mail.send(
            template="knowledge/goedgekeurd" if approved else "knowledge/teruggestuurd",
            to=[author.email],
            context={
                **_context(reviewed),
                "naam": author.get_short_name(),
                "lezer": reader.name,
                "opmerking": " ".join(comment.split()),
                "online": reviewed.live and not reviewed.has_unpublished_changes,
                "adres": (approved and _public_address(reviewed))
                or _edit_address(reviewed, author),
            },
            about=_key(reviewed),
            message_key=f"oordeel-{task_state.pk}-{author.pk}",
        )


def tell_about_comments(
    users: Iterable[User], notification: str, context: dict[str, Any]
) -> bool:
    """Tell who follows a page that a colleague commented; instead of Wagtail's own mail.

    users, notification and context: as ``wagtail.admin.mail.send_notification`` has them.
    """
    page, editor = context["page"], context["editor"]
    for user in users:
        profile = UserProfile.get_for_user(user)
        if user.is_active and profile.updated_comments_notifications:
            mail.send(
                template="knowledge/opmerkingen",
                to=[user.email],
                context={
                    **_context(page.specific),
                    "door": editor.name,
                    "adres": _edit_address(page.specific, user),
                },
                about=_key(page.specific),
            )
    return True


def _under_review(task_state: Any) -> Any:
    """The page or snippet as it is now: an approval has published it meanwhile."""
    reviewed = task_state.workflow_state.content_object
    reviewed = getattr(reviewed, "specific_class", None) or type(reviewed)
    return reviewed.objects.get(pk=task_state.workflow_state.object_id)


def _context(reviewed: Any) -> dict[str, Any]:
    return {
        "soort": reviewed._meta.verbose_name,
        "titel": getattr(reviewed, "title", None) or reviewed.naam,
    }


def _key(reviewed: Any) -> str:
    return f"{reviewed._meta.model_name}:{reviewed.pk}"


def _edit_address(reviewed: Any, user: User) -> str:
    """Where this member of staff goes on with it: the editor, or else its question."""
    address = AdminURLFinder(user).get_edit_url(reviewed)
    if address:
        return address
    origin = origin_of(Person(user=user), getattr(reviewed, "origin_key", ""))
    return origin.url if origin else ""


def _public_address(reviewed: Any) -> str:
    """The address for readers; empty when it is not live or has no page of its own."""
    find = getattr(reviewed, "get_url", None) or getattr(
        reviewed, "get_absolute_url", None
    )
    return (find() if find and reviewed.live else "") or ""
