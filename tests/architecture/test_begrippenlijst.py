import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = {
    "Outbox", "Team", "User", "HomePage", "Document", "FacetLabel", "IndexState",
    "Synonym", "BestBet", "StopSuggestion", "SplitException", "ApprovedQuery",
    "SeededSynonym", "SteeringChange", "QueryCount", "QuerySource", "DailySalt",
}  # fmt: skip


def test_every_dutch_class_name_is_explained():
    """Each model is either plain English, named here, or in the glossary; nothing is left over."""
    listed = set(
        re.findall(
            r"^\| (\w+) \|", (ROOT / "docs" / "begrippenlijst.md").read_text(), re.M
        )
    ) - {"Begrip_"}
    models = {
        model.__name__
        for label in ("core", "search", "knowledge", "experts", "loket")
        for model in apps.get_app_config(label).get_models()
    }
    assert models - ENGLISH - listed == set()
    others = {"Actielijn", "ArtikelBouwsteen", "Bevinding", "Fase", "Grootteklasse"}
    others |= {"Lus", "Oordeel"}
    assert listed - models - others <= {"Begrip"}
