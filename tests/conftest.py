"""Fixtures that every folder uses: people of each kind, a clean cache, the outbox."""

from __future__ import annotations

import os
import shutil

import pytest

from tests import elasticsearch, services

# Playwright runs an event loop in this thread; Django's guard would refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "live" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(autouse=True)
def _clean_cache():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds a small filled site; each test rolls back to it."""
    with django_db_blocker.unblock():
        from tests.content import fill_site

        fill_site()


@pytest.fixture
def filled_again(transactional_db):
    """The site, also when another test that commits has emptied the tables before."""
    from core.models import Gemeente
    from tests.content import fill_site

    if not Gemeente.objects.exists():
        fill_site()


@pytest.fixture(scope="session")
def site_index(django_db_setup, django_db_blocker, tmp_path_factory):
    """The index of the small site, made once; where it is and what IndexState holds.

    Its documents stay in the test database. The state is taken away, so that a test
    without the ``index`` fixture has none.
    """
    from django.conf import settings
    from django.test import override_settings

    from search import engines, services
    from search.models import IndexState

    folder = tmp_path_factory.mktemp("index")
    engine = {**settings.SEARCH_ENGINE, "OPTIONS": {"path": str(folder)}}
    with django_db_blocker.unblock(), override_settings(SEARCH_ENGINE=engine):
        engines.reset()
        services.rebuild()
        state = IndexState.objects.values().get()
        IndexState.objects.all().delete()
        engines.reset()
    return folder, state


@pytest.fixture
def index(site_index, db, tmp_path, settings):
    """An index of this test alone, of the small site."""
    from search import engines, resources, services
    from search.models import IndexState

    folder, state = site_index
    shutil.copytree(folder, tmp_path / "index")
    settings.SEARCH_ENGINE = {
        **settings.SEARCH_ENGINE,
        "OPTIONS": {"path": str(tmp_path / "index")},
    }
    IndexState.objects.create(**state)
    engines.reset()
    resources.forget(anew=True)
    yield services
    engines.reset()


@pytest.fixture
def groups(db):
    from core.services import ensure_groups

    return ensure_groups()


@pytest.fixture
def make_user(groups):
    """make_user('redacteur', …) → an active member of staff in these groups."""
    from core.models import User

    count = 0

    def make(*names: str, **fields) -> User:
        nonlocal count
        count += 1
        user = User.objects.create_user(
            fields.pop("email", f"persoon{count}@example.nl"),
            None,
            name=fields.pop("name", f"Persoon {count}"),
            **fields,
        )
        user.groups.set([groups[name] for name in names])
        return user

    return make


@pytest.fixture
def outbox():
    """Deliver what waits: ``outbox()`` returns the number delivered."""
    from core import outbox as box

    return box.drain


@pytest.fixture(scope="module")
def clamd():
    """A malware scanner of this module alone, which its tests may stop."""
    services.need("ClamAV")
    with services.clamd() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url():
    services.need("Redis")
    with services.redis() as url:
        yield url


@pytest.fixture(scope="session")
def elasticsearch_url():
    if reason := elasticsearch.absent():
        (pytest.fail if services.required() else pytest.skip)(reason)
    with elasticsearch.running() as server:
        yield server.url


@pytest.fixture
def ask(db):
    """ask(text=…, email=…, gemeente='GM0344') → a question, as the form would make it."""
    from core.models import Gemeente
    from loket import services

    def make(text="Mag een jongere van 18 uit jeugdhulp urgentie krijgen?", **fields):
        asker = services.Asker(
            email=fields.pop("email", "annemiek@meppel.example"),
            naam=fields.pop("naam", "Annemiek"),
            gemeente=Gemeente.objects.get(code=fields.pop("gemeente", "GM0119")),
        )
        vraag, token = services.ask(asker=asker, text=text, **fields)
        vraag.token = token
        return vraag

    return make
