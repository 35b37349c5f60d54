import ast
import importlib
import re
import site
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["core", "search", "knowledge", "experts", "loket", "config"]


def test_site_is_a_plain_folder_and_stdlib_site_works():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert hasattr(site, "getsitepackages")


def test_site_is_not_ignored_by_git():
    result = subprocess.run(["git", "check-ignore", "-q", "site"], cwd=ROOT)
    assert result.returncode != 0


def test_foreign_keys_point_downwards():
    wrong = []
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in ORDER:
            continue
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if related is None or field.auto_created or isinstance(related, str):
                continue
            target = related._meta.app_label
            if target in ORDER and ORDER.index(target) > ORDER.index(label):
                wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == []


def test_templates_include_and_extend_downwards():
    """A template uses its own app, lower apps and the shared components only."""
    wrong = []
    pattern = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
    for app in ORDER[:-1]:
        base = ROOT / ("site/core" if app == "core" else app) / "templates"
        for path in base.rglob("*"):
            if not path.is_file():
                continue
            for target in pattern.findall(path.read_text()):
                first = target.split("/")[0]
                if first in ORDER and ORDER.index(first) > ORDER.index(app):
                    wrong.append(f"{path.relative_to(ROOT)} -> {target}")
    assert wrong == []


def test_only_the_gateway_imports_helpdesk():
    found = []
    for app in ORDER:
        base = ROOT / ("site" if app in ("core", "config") else "") / app
        for path in base.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom) and not node.level
                    else []
                )
                if any(name.split(".")[0] == "helpdesk" for name in names):
                    found.append(str(path.relative_to(ROOT)))
    assert found == ["loket/ticketing.py"]


@pytest.mark.parametrize(
    "word", ["pypi.org", "pythonhosted", "registry.npmjs", "npmjs.org", "repo1.maven"]
)
def test_no_registry_address_in_the_repository(word):
    result = subprocess.run(
        ["git", "grep", "-lF", word, "--", ".", ":!tests/architecture/test_layout.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.stdout == ""


def test_every_urlconf_module_imports():
    assert importlib.import_module(settings.ROOT_URLCONF).urlpatterns
