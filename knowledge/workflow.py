"""What happens when a review is approved."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the reviewed revision; the reviewer needs no publish permission.

    Named in settings.WAGTAIL_FINISH_WORKFLOW_ACTION. That nobody approves own work is
    checked by TweedeLezerTask before this.
    """
    page = workflow_state.content_object
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
