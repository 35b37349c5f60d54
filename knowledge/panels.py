"""Panels of the editor."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel, TitleFieldPanel

from core.person import person_of

from .registry import OriginLink, origin_of


class OriginPanel(Panel):
    """The question behind a page, with a link, for who may see that question."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Gemaakt van een vraag"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/editor/origin_panel.html"

        @cached_property
        def origin(self) -> OriginLink | None:
            return origin_of(person_of(self.request), self.instance.origin_key)

        def is_shown(self) -> bool:
            return self.origin is not None


class ModelReportPanel(Panel):
    """What the check says of the saved text of a model, above the text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Controle van de tekst"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/editor/model_report.html"

        @cached_property
        def faults(self) -> list[Any]:
            return self.instance.report()

        def is_shown(self) -> bool:
            return bool(self.instance.tekst.strip())


class NamePanel(TitleFieldPanel):
    """A name from which the short name of a new row is made; one in use stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"classname": "", "placeholder": False, **kwargs})

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            return self.instance is None or self.instance.pk is None
