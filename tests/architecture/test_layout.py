import ast
import importlib
import os
import re
import site
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines

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


def upward(app: str, text: str) -> list[str]:
    """What a template of an app takes from an app above it: templates and tags."""
    used = [
        (target, target.split("/")[0])
        for target in re.findall(
            r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", text
        )
    ]
    libraries = engines["django"].engine.libraries
    for names in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text):
        used += [
            (name, libraries[name].split(".")[0])
            for name in names.split(" from ")[-1].split()
        ]
    return [
        name
        for name, owner in used
        if owner in ORDER and ORDER.index(owner) > ORDER.index(app)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{% include "loket/_pile.html" %}', ["loket/_pile.html"]),
        ("{% extends 'loket/thread.html' %}", ["loket/thread.html"]),
        ("{% load i18n loket %}", ["loket"]),
        ("{% load bezig from loket %}", ["loket"]),
        ('{% load knowledge static %}{% include "core/x.html" %}', []),
    ],
)
def test_a_step_upwards_in_a_template_is_seen(text, found):
    assert upward("knowledge", text) == found


def test_templates_use_their_own_and_lower_apps_only():
    wrong = []
    for app in ORDER[:-1]:
        base = ROOT / ("site/core" if app == "core" else app) / "templates"
        for path in base.rglob("*"):
            if path.is_file():
                wrong += [
                    f"{path.relative_to(ROOT)} -> {target}"
                    for target in upward(app, path.read_text())
                ]
    assert wrong == []


@pytest.mark.parametrize(
    ("layers", "kept"),
    [
        ('["config", "loket", "experts", "knowledge", "search", "core"]', True),
        ('["core", "loket", "experts", "knowledge", "search", "config"]', False),
    ],
    ids=["as agreed", "turned over"],
)
def test_the_import_contracts_are_kept_and_would_be_seen_to_break(
    tmp_path, layers, kept
):
    contracts = tmp_path / "pyproject.toml"
    agreed = '["config", "loket", "experts", "knowledge", "search", "core"]'
    text = (ROOT / "pyproject.toml").read_text()
    assert f"layers = {agreed}" in text
    contracts.write_text(text.replace(f"layers = {agreed}", f"layers = {layers}"))
    result = subprocess.run(
        [
            Path(sys.executable).parent / "lint-imports",
            "--config",
            contracts,
            "--cache-dir",
            tmp_path,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
    )
    assert (result.returncode == 0) is kept, result.stdout + result.stderr


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
