"""What the page of a member of staff shows of experts."""

from typing import Any

from django import template

from core.models import User
from experts.forms import TeamsForm

register = template.Library()


@register.inclusion_tag("experts/_member.html")
def member_teams(member: User) -> dict[str, Any]:
    """The form of the teams, and the ways to expertise and absence."""
    return {"member": member, "form": TeamsForm(initial=TeamsForm.initial_of(member))}
