"""Drafts of knowledge pages, and the form of the editor as the browser sends it."""

import datetime
from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import Team
from knowledge.models import Bron, Handreiking
from knowledge.services import parent_for


def section(kop: str = "Wie beslist?", **fields: Any) -> tuple[str, dict[str, Any]]:
    """A complete section; fields replace its parts."""
    value = {
        "kop": kop,
        "anker": "",
        "inhoud": [("tekst", "<p>Het college.</p>")],
        "bronnen": [{"bron": Bron.objects.first(), "plaats": ""}],
    }
    return "sectie", {**value, **fields}


def draft(user: Any, model: Any = Handreiking, **fields: Any) -> Any:
    """A complete draft of a page, made by ``user``; not live, not yet under review."""
    page = model(
        **{
            "title": "Nieuwe pagina",
            "live": False,
            "team": Team.objects.get(slug="uitstroom"),
            "gecontroleerd_op": datetime.date(2026, 11, 22),
            "volgende_controle": datetime.date(2027, 5, 22),
            "in_het_kort": "Kort.",
            "secties": [section()],
            **fields,
        }
    )
    parent_for(model.soort).add_child(instance=page)
    page.save_revision(user=user)
    return page


def edit_data(page: Any, **fields: Any) -> dict[str, Any]:
    """The form of the editor for a Handreiking, filled with what the page holds."""
    bron = Bron.objects.first()
    data = {
        "title": page.title,
        "slug": page.slug,
        "in_het_kort": page.in_het_kort,
        "acties": "",
        "secties": streamfield(
            [
                (
                    "sectie",
                    {
                        "kop": block.value["kop"],
                        "anker": block.value["anker"],
                        "inhoud": streamfield([("tekst", rich_text("<p>Tekst.</p>"))]),
                        "bronnen": streamfield(
                            [
                                ("item", {"bron": bron.pk, "plaats": ""})
                                for _reference in block.value["bronnen"]
                            ]
                        ),
                    },
                )
                for block in page.secties
            ]
        ),
        "doelgroepen": [],
        "themas": [],
        "actielijnen": [],
        "fasen": [],
        "trefwoorden": "",
        "relaties-TOTAL_FORMS": "0",
        "relaties-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "team": page.team_id or "",
        "gecontroleerd_op": page.gecontroleerd_op or "",
        "volgende_controle": page.volgende_controle or "",
        "geldig_van": "",
        "geldig_tot": "",
        "onzeker": "",
    }
    return nested_form_data({**data, **fields})
