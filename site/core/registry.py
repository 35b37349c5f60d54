"""What upper apps hand down to core, registered in their ``ready()``."""

from collections.abc import Callable
from typing import Any

from .person import Person

OwnerRule = Callable[[Person, Any], bool]
_owner_rules: dict[str, OwnerRule] = {}
_forgetters: list[Callable[[str], dict[str, int]]] = []
_switch_off_handlers: list[Callable[[Any], None]] = []


def register_owner_rule(model_label: str, rule: OwnerRule) -> None:
    """Say who may have the Bijlagen of a model, for example ``loket.Vraag``."""
    _owner_rules[model_label.lower()] = rule


def may_have(person: Person, owner: Any) -> bool:
    """Whether the person may have files of this owner; no rule means no."""
    if owner is None:
        return False
    rule = _owner_rules.get(owner._meta.label_lower)
    return rule is not None and rule(person, owner)


def register_forget(function: Callable[[str], dict[str, int]]) -> None:
    """Register ``function(email) -> counts`` that erases what an app holds of somebody."""
    _forgetters.append(function)


def forgetters() -> list[Callable[[str], dict[str, int]]]:
    return list(_forgetters)


def register_switch_off(function: Callable[[Any], None]) -> None:
    """Register what an app does when a member of staff is switched off."""
    _switch_off_handlers.append(function)


def switch_off_handlers() -> list[Callable[[Any], None]]:
    return list(_switch_off_handlers)
