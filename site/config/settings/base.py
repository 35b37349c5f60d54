"""Every setting of the product, read from the environment (docs/installatie.md)."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from environ import FileAwareEnv

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"

env = FileAwareEnv()
FileAwareEnv.read_env(ROOT / ".env")

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")

DATA_DIR = Path(env.str("THUISLOKET_DATA", default=str(ROOT / "var")))
DEMO = False

INSTALLED_APPS = [
    "config",
    "loket",
    "experts",
    "knowledge",
    "search",
    "core",
    "helpdesk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "csp",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.PersonMiddleware",
    "core.middleware.RequestSizeMiddleware",
    "core.middleware.NulMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            "builtins": ["core.templatetags.components"],
        },
    }
]
FORM_RENDERER = "core.forms.ComponentRenderer"

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'thuisloket.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1] = {
    "NAME": "core.passwords.LengthValidator",
    "OPTIONS": {"min_length": 12},
}
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werkplek/"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

ACCOUNT_ADAPTER = "core.staff.StaffAccountAdapter"
ACCOUNT_FORMS = {
    "login": "core.account_forms.LoginForm",
    "reset_password": "core.account_forms.ResetPasswordForm",
    "reset_password_from_key": "core.account_forms.ResetPasswordKeyForm",
    "change_password": "core.account_forms.ChangePasswordForm",
    "set_password": "core.account_forms.SetPasswordForm",
    "reauthenticate": "core.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "core.mfa.StaffMFAAdapter"
MFA_FORMS = {
    "authenticate": "core.mfa.AuthenticateForm",
    "reauthenticate": "core.mfa.ReauthenticateForm",
    "activate_totp": "core.mfa.ActivateTOTPForm",
    "add_webauthn": "core.mfa.AddWebAuthnForm",
    "edit_webauthn": "core.mfa.EditWebAuthnForm",
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The editor shows previews, and the demo shows mails, in a frame of this site.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin uses inline styles and scripts; nothing else does.
CSP_ADMIN_PREFIXES = ("/redactie/",)
CSP_ADMIN_DIRECTIVES = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
LOCALE_PATHS = [SITE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [SITE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.assets.NodeModulesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "prive"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=25 * 1024 * 1024)
ATTACHMENTS_MAX_BYTES = env.int("ATTACHMENTS_MAX_BYTES", default=50 * 1024 * 1024)
# A form that says it is larger is refused before it is read; forms with attachments sooner.
REQUEST_MAX_BYTES = 110 * 1024 * 1024
ATTACHMENTS_PREFIXES = ("/loket/", "/werkplek/")
# Where attachments are checked for viruses: tcp://host:3310 or unix:///path; empty is off.
CLAMD_URL = env.str("CLAMD_URL", default="")
CLAMD_TIMEOUT = 60

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://thuisloket")}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
MAIL_FROM_NAME = env.str("MAIL_FROM_NAME", default="Thuisloket")
MAIL_FROM = env.str("MAIL_FROM", default="loket@example.nl")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"{MAIL_FROM_NAME} <{MAIL_FROM}>"
MAIL_DOMAIN = MAIL_FROM.rpartition("@")[2]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Mailboxes to read, with a comma between them: imaps://user:password@host/INBOX, dir:///path.
MAIL_IN_URL = env.list("MAIL_IN_URL", default=[])
# Secret of POST /-/mail/; empty is off.
MAIL_PUSH_SECRET = env.str("MAIL_PUSH_SECRET", default="")
# The server whose Authentication-Results we believe.
MAIL_TRUSTED_AUTHSERV = env.str("MAIL_TRUSTED_AUTHSERV", default="")
MAIL_AUTOMATIC_PER_HOUR = env.int("MAIL_AUTOMATIC_PER_HOUR", default=3)
# A signature under outgoing mail; off without a key.
DKIM_SELECTOR = env.str("DKIM_SELECTOR", default="")
DKIM_DOMAIN = env.str("DKIM_DOMAIN", default=MAIL_DOMAIN)
DKIM_KEY_FILE = env.str("DKIM_KEY_FILE", default="")

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://localhost/")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "core.deliver_outbox", "schedule": 60.0},
    "clean-up": {"task": "core.clean_up", "schedule": crontab(hour=3, minute=10)},
    "read-mailboxes": {"task": "loket.read_mailboxes", "schedule": 60.0},
    "clean-up-mail": {
        "task": "loket.clean_up_mail",
        "schedule": crontab(hour=3, minute=15),
    },
    "publish-scheduled": {"task": "knowledge.publish_scheduled", "schedule": 60.0},
    "remove-vergelijkingen": {
        "task": "knowledge.remove_vergelijkingen",
        "schedule": crontab(hour=3, minute=20),
    },
    "remove-old-forms": {
        "task": "loket.remove_old_forms",
        "schedule": crontab(hour=3, minute=30),
    },
    "send-digests": {
        "task": "loket.send_daily_notices",
        "schedule": crontab(hour=8, minute=0, day_of_week="1-5"),
    },
    "watch-clock": {"task": "loket.watch_clock", "schedule": crontab(minute="*/15")},
    "keep-no-longer": {
        "task": "loket.keep_no_longer",
        "schedule": crontab(hour=2, minute=30),
    },
    "reconcile-search": {
        "task": "search.reconcile",
        "schedule": crontab(hour=4, minute=0),
    },
    # Just after midnight: the secret and the sources of the day before are destroyed.
    "clean-up-query-log": {
        "task": "search.clean_up_query_log",
        "schedule": crontab(hour=0, minute=5),
    },
}
OUTBOX_WAKE = True

EMBEDDED_ENGINE = {
    "BACKEND": "search.engines.embedded.EmbeddedEngine",
    "OPTIONS": {"path": str(DATA_DIR / "zoekindex")},
}
# With Elasticsearch the embedded index of this machine stands in when it is away.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="thuisloket")
SEARCH_ENGINE: dict[str, Any] = EMBEDDED_ENGINE
SEARCH_FALLBACK: list[dict[str, Any]] = []
if ELASTICSEARCH_URL:
    SEARCH_ENGINE = {
        "BACKEND": "search.engines.elasticsearch.ElasticsearchEngine",
        "OPTIONS": {"url": ELASTICSEARCH_URL, "prefix": ELASTICSEARCH_PREFIX},
    }
    if env.bool("SEARCH_STANDS_IN", default=True):
        SEARCH_FALLBACK = [EMBEDDED_ENGINE]

# Where legal texts are fetched by their number; empty is off.
OVERHEID_SRU_URL = env.str(
    "OVERHEID_SRU_URL", default="https://zoekservice.overheid.nl/sru/Search"
)
OVERHEID_REPOSITORY_URL = env.str(
    "OVERHEID_REPOSITORY_URL",
    default="https://repository.officiele-overheidspublicaties.nl",
)

WAGTAIL_SITE_NAME = "Thuisloket"
WAGTAILADMIN_BASE_URL = BASE_URL
# A save by the editor itself races with an approval and takes the page off again.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
# One language and one clock: the account page then asks for neither.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

SITE_ID = 1
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_UI_ENABLED = False
HELPDESK_API_ENABLED = False
HELPDESK_KB_ENABLED = False
HELPDESK_PRIVATE_FOLLOWUP_MEANS_NO_EMAILS = True
HELPDESK_ENABLE_PER_QUEUE_STAFF_PERMISSION = True
HELPDESK_STAFF_ONLY_TICKET_OWNERS = True
HELPDESK_STAFF_ONLY_TICKET_CC = True
HELPDESK_ENABLE_BACKLINKS = False
HELPDESK_VIEW_A_TICKET_PUBLIC = False
HELPDESK_EMAIL_FALLBACK_LOCALE = "nl"

RATE_LIMITS = {
    "ask-address": (5, 3600),
    "ask-network": (20, 3600),
    "login-link-address": (5, 3600),
    "login-link-network": (20, 3600),
    "feedback-network": (30, 3600),
    "concept-network": (60, 3600),
    "suggest-network": (240, 60),
    "querylog-network": (120, 3600),
    "click-network": (120, 3600),
    "compare-upload-network": (40, 3600),
    "compare-view-network": (600, 3600),
}
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
WAGTAIL_FINISH_WORKFLOW_ACTION = "knowledge.workflow.publish_approved"
