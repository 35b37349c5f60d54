"""Who does what with regulations in the editors' admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from .services import may_edit


class EditorsOnly(ModelPermissionPolicy):
    """Editors see and correct; what files brought in is not made or deleted by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and may_edit(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
