"""A real site in a process of its own, with the starter content, and a real browser."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests import services

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items):
    """The payloads last: what they leave in the site is then in nobody's way."""
    items.sort(key=lambda item: item.path.name == "test_payloads.py")


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory):
    """The environment of the site; its BASE_URL says where it will be."""
    services.need("Chromium")
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("THUISLOKET", "SECRET", "DATABASE"))
    }
    return {
        **clean,
        "THUISLOKET_DATA": str(tmp_path_factory.mktemp("site")),
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "BASE_URL": f"http://127.0.0.1:{services.free_port()}",
        "TRUSTED_PROXIES": "1",
    }


@pytest.fixture(scope="session")
def live(site_environment):
    """Address of a fresh demo site, started by the command that users start."""
    address = site_environment["BASE_URL"]
    port = address.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", port],
        cwd=ROOT,
        env=site_environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "staat klaar op" in line:
            break
    else:
        pytest.fail("de site start niet")
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def in_site(live, site_environment):
    """in_site(code) → what the code leaves in ``answer``, run by a process of the same site.

    For what no page makes in a moment: an engine that is away, a mail that does not arrive.
    """

    def run(code: str):
        script = f"import json\n{code}\nprint(chr(10) + json.dumps(answer))"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
            cwd=ROOT,
            env=site_environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def chromium(live):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium(), args=ARGUMENTS
        )
        yield browser
        browser.close()


NETWORKS = (f"10.{n // 256}.{n % 256}.1" for n in itertools.count())


@pytest.fixture
def csp_faults():
    """What the browser refused because of the Content-Security-Policy."""
    return []


@pytest.fixture
def visit(chromium, live, csp_faults):
    """visit(width=1280, javascript=True) → a page of a fresh visitor, watched for CSP faults."""
    contexts = []
    # Each test comes from a network of its own, with the limits of that network.
    network = next(NETWORKS)

    def make(width: int = 1280, *, javascript: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            base_url=live,
            java_script_enabled=javascript,
            locale="nl-NL",
            extra_http_headers={"X-Forwarded-For": network},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda message: (
                csp_faults.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert csp_faults == []


@pytest.fixture
def page(visit):
    return visit()


@pytest.fixture
def log_in(live):
    """log_in(page, 'Sanne de Boer') by the one-click demo login."""

    def act(page, name: str) -> None:
        page.goto("/medewerker/login/")
        page.get_by_role("button", name=re.compile(name)).click()

    return act


@pytest.fixture(scope="session")
def axe_source():
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(axe_source, csp_faults):
    """axe(page) → violations of WCAG 2.2 AA, each as one line."""

    def run(page) -> list[str]:
        before = list(csp_faults)
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(axe_source)
        found = page.evaluate(
            """async tags => (await axe.run({
                runOnly: {type: 'tag', values: tags},
                rules: {'target-size': {enabled: true}},
                resultTypes: ['violations'],
            })).violations.flatMap(
                violation => violation.nodes.map(node => [violation.id, node.html])
            )""",
            AXE_TAGS,
        )
        # axe sets styles of its own while it measures; those are not ours. What it left in
        # the console comes before our mark there.
        with page.expect_console_message(lambda message: message.text == "gemeten"):
            page.evaluate("console.debug('gemeten')")
        page.wait_for_timeout(50)
        csp_faults[:] = before
        return [f"{rule}: {html[:140]}" for rule, html in found]

    return run


@pytest.fixture
def mail(live):
    """mail(page, address, subject) → opens the newest demo message to an address."""

    def act(page, address: str, subject: str):
        page.goto(f"/postvak/?aan={address}")
        page.get_by_role("link", name=re.compile(subject)).first.click()
        return page.locator(".mailtekst").inner_text()

    return act


@pytest.fixture
def suggestions(live):
    def act(text: str) -> list[dict]:
        with urllib.request.urlopen(  # noqa: S310  our own address
            f"{live}/zoeken/suggesties?q={text}"
        ) as answer:
            return json.load(answer)["suggesties"]

    return act
