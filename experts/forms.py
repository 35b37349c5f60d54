"""Forms about members of staff; each shows and takes what its service takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DAY, PlainMessagesMixin
from core.models import Team, User
from knowledge.models import Aandachtsgroep, Thema

from . import selectors
from .models import Expertise, Teamlid


def _several(
    label: Any, model: type, help_text: Any = ""
) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label,
        help_text=help_text,
        queryset=model.objects.all(),  # type: ignore[attr-defined]
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TeamsForm(PlainMessagesMixin, forms.Form):
    teams = _several(_("Teams"), Team)
    coordinator_of = _several(
        _("Coördinator van"),
        Team,
        _(
            "Een coördinator is ook lid van het team, en houdt de woorden bij die een vraag naar het team sturen."
        ),
    )

    @staticmethod
    def initial_of(user: User) -> dict[str, Any]:
        rows = list(Teamlid.objects.filter(user=user))
        return {
            "teams": [row.team_id for row in rows],
            "coordinator_of": [row.team_id for row in rows if row.coordinator],
        }


class ExpertiseForm(PlainMessagesMixin, forms.Form):
    doelgroepen = _several(_("Weet veel van deze doelgroepen"), Aandachtsgroep)
    themas = _several(_("Weet veel van deze thema's"), Thema)
    organisatie = forms.CharField(label=_("Werkt bij"), required=False, max_length=120)

    @staticmethod
    def initial_of(user: User) -> dict[str, Any]:
        row = Expertise.objects.filter(user=user).first()
        if row is None:
            return {}
        return {
            "doelgroepen": row.doelgroepen.all(),
            "themas": row.themas.all(),
            "organisatie": row.organisatie,
        }


class AbsenceForm(PlainMessagesMixin, forms.Form):
    van = forms.DateField(label=_("Eerste dag"), **DAY)
    tot_en_met = forms.DateField(label=_("Laatste dag"), **DAY)
    vervanger: Any = forms.ModelChoiceField(
        label=_("Wie vervangt?"),
        queryset=None,
        required=False,
        empty_label=_("niemand"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vervanger"].queryset = selectors.possible_deputies(user)  # type: ignore[attr-defined]
