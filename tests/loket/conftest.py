import re

import pytest

from core.models import Team
from experts.models import Teamlid


@pytest.fixture
def expert(make_user):
    """expert('uitstroom') → an expert of this team."""

    def make(slug="uitstroom", **fields):
        user = make_user("deskundige", **fields)
        Teamlid.objects.create(team=Team.objects.get(slug=slug), user=user)
        return user

    return make


@pytest.fixture
def open_link(client):
    """open_link(vraag) → this browser knows the read link of the question."""

    def visit(vraag):
        client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")

    return visit


@pytest.fixture
def hidden():
    """hidden(response, 'sleutel') → the value of a hidden field on a page."""

    def value(response, name):
        html = response.content.decode()
        return re.search(rf'name="{name}" value="([^"]+)"', html)[1]

    return value
