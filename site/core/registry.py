"""What upper apps hand down to core, registered in their ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .models import Bijlage, Contact, User
from .person import Person

OwnerRule = Callable[[Person, Any], bool]
_owner_rules: dict[str, OwnerRule] = {}
OnInfected = Callable[[Bijlage, Any, str], None]
_on_infected: dict[str, OnInfected] = {}
_forgetters: list[Callable[[str], dict[str, int]]] = []
_exporters: list[Callable[[str, Path], dict[str, Any]]] = []
_opened: list[Callable[[Person, Any], None]] = []
_rights_handlers: list[Callable[[User], None]] = []
_manage_pages: list["ManagePage"] = []
_after_login: dict[str, Callable[[str, Contact], str | None]] = {}


def register_owner_rule(model_label: str, rule: OwnerRule) -> None:
    """Say who may have the Bijlagen of a model, for example ``loket.Vraag``."""
    _owner_rules[model_label.lower()] = rule


def may_have(person: Person, owner: Any) -> bool:
    """Whether the person may have files of this owner; no rule means no."""
    if owner is None:
        return False
    rule = _owner_rules.get(owner._meta.label_lower)
    return rule is not None and rule(person, owner)


def register_infected(model_label: str, function: OnInfected) -> None:
    """Have ``function(bijlage, owner, found)`` called, in the transaction that marks a
    file of this model as infected."""
    _on_infected[model_label.lower()] = function


def infected(bijlage: Bijlage, found: str) -> None:
    """Tell the app that a file belongs to what was found in it."""
    owner = bijlage.owner
    function = _on_infected.get(owner._meta.label_lower) if owner is not None else None
    if function is not None:
        function(bijlage, owner, found)


def register_forget(function: Callable[[str], dict[str, int]]) -> None:
    """Register ``function(email) -> counts`` that erases what an app holds of somebody."""
    _forgetters.append(function)


def forgetters() -> list[Callable[[str], dict[str, int]]]:
    return list(_forgetters)


def register_export(function: Callable[[str, Path], dict[str, Any]]) -> None:
    """Register ``function(email, folder) -> data``: all that an app holds of somebody, for
    who asks for a copy; files go into the folder."""
    _exporters.append(function)


def exporters() -> list[Callable[[str, Path], dict[str, Any]]]:
    return list(_exporters)


def register_opened(function: Callable[[Person, Any], None]) -> None:
    """Register ``function(person, owner)``: called when somebody gets a file of an owner."""
    _opened.append(function)


def opened(person: Person, owner: Any) -> None:
    for function in _opened:
        function(person, owner)


def register_rights_changed(function: Callable[[User], None]) -> None:
    """Register what an app does when somebody has other groups or is switched off."""
    _rights_handlers.append(function)


def rights_handlers() -> list[Callable[[User], None]]:
    return list(_rights_handlers)


def register_after_login(
    kind: str, function: Callable[[str, Contact], str | None]
) -> None:
    """Register what a login link does that was asked for an object, such as ``concept:12``
    (kind ``concept``): called with that key and who logged in, gives the address to go to,
    or None for the usual one."""
    _after_login[kind] = function


def after_login(key: str, contact: Contact) -> str | None:
    """Where who used a login link for this object goes; None for the usual page."""
    found = _after_login.get(key.partition(":")[0])
    return found(key, contact) if found else None


@dataclass(frozen=True)
class ManagePage:
    """A page that ``/beheer/`` lists: address, name and use in words, and who may."""

    url_name: str
    name: Any
    use: Any
    may: Callable[[User], bool]


def register_manage_page(page: ManagePage) -> None:
    """Register a page on which staff keep the data of an app."""
    _manage_pages.append(page)


def manage_pages(user: User) -> list[ManagePage]:
    """The pages that this member of staff may use, by name."""
    return sorted(
        (page for page in _manage_pages if page.may(user)),
        key=lambda page: str(page.name),
    )
