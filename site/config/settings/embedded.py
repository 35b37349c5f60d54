"""One process on one machine: SQLite, embedded search, Celery in memory.

Demo mode is on unless THUISLOKET_DEMO=0; a secret key is made once and kept in
the data folder.
"""

import argparse
import os
import secrets
import sys

from environ import FileAwareEnv

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Here already: the folder and the key may stand in it.
FileAwareEnv.read_env(ROOT / ".env")
_data = Path(os.environ.get("THUISLOKET_DATA") or ROOT / "var")
try:
    _data.mkdir(parents=True, exist_ok=True)
    if not os.access(_data, os.W_OK | os.X_OK):
        raise PermissionError
    if not os.environ.get("SECRET_KEY") and not os.environ.get("SECRET_KEY_FILE"):
        _key_file = _data / "geheime-sleutel"
        if not _key_file.exists():
            _key_file.touch(mode=0o600)
            _key_file.write_text(secrets.token_urlsafe(50))
        os.environ["SECRET_KEY_FILE"] = str(_key_file)
except OSError:
    # Before any command runs, so not a CommandError: one line and no traceback.
    sys.exit(
        f"In de map {_data} kan Thuisloket niet schrijven. Geef dit account schrijfrechten,"
        " maak ruimte, of kies een andere map met THUISLOKET_DATA."
    )

from .base import *

DEMO = env.bool("THUISLOKET_DEMO", default=True)
EMBEDDED = True
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
del FileAwareEnv
if "start" in sys.argv[1:2] and not os.environ.get("BASE_URL"):
    # Links in mail have to lead to the port that this command listens on.
    _options = argparse.ArgumentParser(add_help=False)
    _options.add_argument("--host", default="127.0.0.1")
    _options.add_argument("--port", default="8000")
    _where = _options.parse_known_args(sys.argv[2:])[0]
    _host = f"[{_where.host}]" if ":" in _where.host else _where.host
    BASE_URL = WAGTAILADMIN_BASE_URL = f"http://{_host}:{_where.port}"
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
