"""Tests: fast hasher, mail in memory, tasks in the calling thread."""

import os
import tempfile
import warnings

os.environ.setdefault("SECRET_KEY", "test-" + "x" * 50)
os.environ.setdefault("THUISLOKET_DATA", tempfile.mkdtemp(prefix="thuisloket-test-"))

from .base import *

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# Tests deliver the outbox themselves, so that order and moment are theirs.
OUTBOX_WAKE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CLAMD_URL = ""
# No test reaches the network; those of the connector have a server of their own.
OVERHEID_SRU_URL = OVERHEID_REPOSITORY_URL = ""
# Each process its own index, also under xdist.
SEARCH_ENGINE["OPTIONS"] = {"path": tempfile.mkdtemp(prefix="thuisloket-index-")}
warnings.filterwarnings(
    "error", r"DateTimeField .* received a naive datetime", RuntimeWarning
)
