"""One process on one machine: SQLite, embedded search, Celery in memory.

Demo mode is on unless THUISLOKET_DEMO=0; a secret key is made once and kept in
the data folder.
"""

import os
import secrets

from environ import FileAwareEnv

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_data = Path(os.environ.get("THUISLOKET_DATA") or ROOT / "var")
if not os.environ.get("SECRET_KEY") and not os.environ.get("SECRET_KEY_FILE"):
    _key_file = _data / "geheime-sleutel"
    if not _key_file.exists():
        _data.mkdir(parents=True, exist_ok=True)
        _key_file.touch(mode=0o600)
        _key_file.write_text(secrets.token_urlsafe(50))
    os.environ["SECRET_KEY_FILE"] = str(_key_file)

from .base import *

DEMO = env.bool("THUISLOKET_DEMO", default=True)
EMBEDDED = True
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
del FileAwareEnv
# One process: files come straight from their folders, no collecting.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.2}
# A memory broker hears no other process: the worker looks at the outbox every second.
CELERY_BEAT_SCHEDULE["sweep-outbox"]["schedule"] = 1.0
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
