"""Serve the listed third-party files from node_modules under ``vendor/``."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


def vendor_files() -> dict[str, Path]:
    """Static name → file on disk, from site/static/vendor-files.json."""
    listing = settings.SITE / "static" / "vendor-files.json"
    if not listing.exists():
        return {}
    return {
        f"vendor/{row['as']}": settings.ROOT
        / "node_modules"
        / row["package"]
        / row["file"]
        for row in json.loads(listing.read_text())
    }


class _VendorStorage(FileSystemStorage):
    """A read-only storage that knows the listed files only."""

    def __init__(self) -> None:
        super().__init__(location=settings.ROOT / "node_modules")
        self.files = vendor_files()

    def path(self, name: str) -> str:
        return str(self.files[name])

    def exists(self, name: str) -> bool:
        return name in self.files and self.files[name].exists()


class NodeModulesFinder(BaseFinder):
    """Finds only files that are on the list, so that nothing else is published."""

    def find(self, path: str, find_all: bool = False, **kwargs):
        found = vendor_files().get(path)
        if found is None or not found.exists():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None):
        storage = _VendorStorage()
        for name in storage.files:
            if storage.exists(name):
                yield name, storage
