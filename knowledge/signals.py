"""What upper apps may listen to. Each is sent with ``page`` (the specific page)."""

from django.dispatch import Signal

page_published = Signal()
page_unpublished = Signal()
