"""Settings of every installation; what differs between two comes from the environment.

=======================  ==================================================================
DATABASE_URL             PostgreSQL, ``postgres://user:password@host:port/name``
REDIS_URL                Redis for Celery and the cache
SECRET_KEY               at least 50 characters; demo and test use a fixed one
EINKLANG_ENV             ``demo`` (default), ``test`` or ``production``
EINKLANG_DATA_DIR        uploaded files and, in demo and test, the embedded servers
EINKLANG_HOSTS           comma-separated host names (production)
EINKLANG_KEY_DIR         keys of the consent ledger, best on another disk than the database
EINKLANG_ERASURE_LOG     file that remembers erasures, best not in the backup of the database
EINKLANG_CHECKPOINT_DIR  where signed checkpoints of it are put, best where nobody can delete
EINKLANG_CHECKPOINT_MAIL who gets each checkpoint by mail, best somebody outside of the house
EINKLANG_MAIL_URL        ``smtp://user:password@host:port``; without it mail is written to files
EINKLANG_PUBLIC_URL      how people outside reach it, ``https://…``; for links in messages
EINKLANG_SMS_URL         where SMS are posted to as JSON; without it they are written to files
EINKLANG_SMS_TOKEN       bearer token for it
EINKLANG_STATE           federal state whose holidays move deadlines (``BE``; empty: those of all)
EINKLANG_CALL_STREAMS    how many browsers may wait for calls at a time in each process
EINKLANG_PREPARE         ``0`` behind a pooler that lends a connection for one transaction only
=======================  ==================================================================

Production refuses to start without the first three and ``EINKLANG_HOSTS``.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = os.environ.get("EINKLANG_ENV", "demo")
PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = Path(os.environ.get("EINKLANG_DATA_DIR") or BASE_DIR / ".data" / ENVIRONMENT)

KEY_DIR = Path(os.environ.get("EINKLANG_KEY_DIR") or DATA_DIR / "keys")
ERASURE_LOG = Path(os.environ.get("EINKLANG_ERASURE_LOG") or KEY_DIR / "erasures.jsonl")


def required(name: str, *, default: str) -> str:
    """The variable's value; ``default`` only outside of production."""
    value = os.environ.get(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set {name}: production does not start with a default.")
    return default


SECRET_KEY = required("SECRET_KEY", default="einklang-demo-only-" + "0" * 40)
DEBUG = False
ALLOWED_HOSTS = [
    host.strip()
    for host in required("EINKLANG_HOSTS", default="localhost,127.0.0.1,[::1],testserver").split(
        ","
    )
]
LEDGER_NAME = f"{ALLOWED_HOSTS[0]}/einwilligungen"
CHECKPOINT_DIR = Path(os.environ.get("EINKLANG_CHECKPOINT_DIR") or DATA_DIR / "checkpoints")
CHECKPOINT_MAIL = os.environ.get("EINKLANG_CHECKPOINT_MAIL", "")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "template_partials",
    "csp",
    "crm.kernel",
    "crm.accounts",
    "contacts",
    "consent",
    "history",
    "crm.ui",
    "crm.api",
    "crm.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.ui.language.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "crm.ui.access.LoginRequiredMiddleware",
    "crm.ui.plain_text.PlainTextMiddleware",
    "crm.ui.toasts.ToastMiddleware",
    "crm.ui.refusals.DomainErrorMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.ui.context.shell",
            ],
            "builtins": ["crm.ui.templatetags.addresses"],
        },
    }
]

DATABASES = {
    "default": {
        **dj_database_url.parse(
            required("DATABASE_URL", default="postgres://localhost/einklang"),
            conn_max_age=600,
            conn_health_checks=True,
        ),
        "ATOMIC_REQUESTS": False,
    }
}
PREPARE_STATEMENTS = os.environ.get("EINKLANG_PREPARE", "1") != "0"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CALLS_REDIS_URL = REDIS_URL
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_TASK_ROUTES = {
    "contacts.*": {"queue": "batch"},
    "history.take_over": {"queue": "batch"},
    "history.retry_waiting_rows": {"queue": "batch"},
    "history.recognise_card": {"queue": "batch"},
    "history.send_*": {"queue": "outbound"},
    "consent.send_*": {"queue": "outbound"},
    "consent.*": {"queue": "batch"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "revive-imports": {"task": "contacts.revive_imports", "schedule": 60.0},
    "revive-matching": {"task": "contacts.revive_matching", "schedule": 60.0},
    "retry-waiting-rows": {"task": "history.retry_waiting_rows", "schedule": 600.0},
    "find-duplicates": {
        "task": "contacts.find_duplicates_nightly",
        "schedule": crontab(hour=2, minute=30),
    },
    "sign-the-ledger": {"task": "consent.make_checkpoint", "schedule": crontab(minute=0)},
    "verify-the-ledger": {
        "task": "consent.verify_ledger",
        "schedule": crontab(hour=3, minute=0),
    },
    "fold-the-ledger": {"task": "consent.fold_digests", "schedule": crontab(minute="*/10")},
    "settle-calls": {"task": "history.settle_calls", "schedule": 30.0},
    "remind-of-appointments": {"task": "history.send_appointment_messages", "schedule": 300.0},
    "drop-abandoned-uploads": {
        "task": "history.drop_abandoned_uploads",
        "schedule": crontab(hour=3, minute=40),
    },
    "settle-notices": {"task": "consent.settle_notices", "schedule": crontab(minute=20)},
    "run-retention": {
        "task": "consent.run_retention",
        "schedule": crontab(hour=1, minute=30),
    },
    "delete-event-leads": {
        "task": "history.delete_event_leads",
        "schedule": crontab(hour=1, minute=50),
    },
    "take-back-answers": {
        "task": "consent.take_back_answers",
        "schedule": crontab(hour=1, minute=10),
    },
    "purge-opt-ins": {
        "task": "consent.purge_opt_ins",
        "schedule": crontab(hour=3, minute=15),
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "crm" / "locale"]
FORMAT_MODULE_PATH = ["crm.locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gesund/$", r"^bereit/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

DEFAULT_FROM_EMAIL = os.environ.get("EINKLANG_MAIL_FROM", "einklang@localhost")
if mail_url := os.environ.get("EINKLANG_MAIL_URL"):
    parts = urlsplit(mail_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = parts.hostname or "localhost"
    EMAIL_PORT = parts.port or 25
    EMAIL_HOST_USER = unquote(parts.username or "")
    EMAIL_HOST_PASSWORD = unquote(parts.password or "")
    EMAIL_USE_TLS = parts.scheme == "smtp+tls"
    EMAIL_USE_SSL = parts.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

SMS_URL = os.environ.get("EINKLANG_SMS_URL", "")
SMS_TOKEN = os.environ.get("EINKLANG_SMS_TOKEN", "")
SMS_FILE_PATH = DATA_DIR / "sms"
HOLIDAY_STATE = os.environ.get("EINKLANG_STATE", "")
CALL_STREAMS = int(os.environ.get("EINKLANG_CALL_STREAMS", "2"))
outbox = os.environ.get("EINKLANG_DEMO_OUTBOX", "") if ENVIRONMENT == "demo" else ""
DEMO_OUTBOX = Path(outbox) if outbox else None  # set by ``make demo`` alone
PUBLIC_URL = os.environ.get(
    "EINKLANG_PUBLIC_URL",
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000",
).rstrip("/")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "crm.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "crm.api.errors.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Einklang API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "SourceKind": "contacts.models.SourceKind",
        "AddressKind": "contacts.models.AddressKind",
        "ContactPointKind": "contacts.models.ContactPointKind",
        "RecordKind": ["persons", "companies"],
        "CallDirection": ["in", "out"],
        "ContactDirection": ["IN", "OUT"],
        "MatchingScope": "contacts.models.MatchingScope",
        "ObjectionScope": ["marketing_all", "channel", "cp", "purpose"],
        "RequestArticle": "consent.models.RequestArticle",
        "RequestChannel": "consent.models.RequestChannel",
        "RequestState": "consent.models.RequestState",
        "ContactChannel": "crm.api.choices.CHANNELS",
        "NoticeLanguage": "consent.notices.rules.facts.LANGUAGES",
        "NoticeMedium": "consent.models.ProvisionMedium",
        "NoticeStatus": "consent.models.ProvisionStatus",
        "NoticeSkipReason": "consent.models.SkipReason",
        "NoticeTaskKind": ["art14", "skipped", "deferred"],
        "ExplanationLanguage": "crm.api.resources.permissions.LANGUAGES",
        "FindingKind": "crm.api.resources.privacy_shapes.KINDS",
        "FindingUrgency": "crm.api.resources.privacy_shapes.LIGHTS",
        "ReportForm": "crm.api.resources.privacy_shapes.FORMS",
        "CampaignPurpose": "crm.api.choices.CAMPAIGN_PURPOSES",
        "ContactPointStatus": "contacts.models.ContactPointStatus",
        "ContactPointPurpose": "contacts.models.Purpose",
        "ContactOutcome": "crm.api.choices.OUTCOMES",
        "OpportunityState": "history.models.OpportunityState",
        "LeadState": "crm.api.resources.event_shapes.STATES",
        "LeadGrade": "crm.api.resources.event_shapes.GRADES",
        "LeadAnswer": "crm.api.resources.event_shapes.ANSWERS",
        "LeadAct": "crm.api.resources.event_shapes.ACTS",
        "RoleEnum": "crm.api.choices.PARTICIPANT_ROLES",
        "LeadBuyingRole": "crm.api.resources.event_shapes.ROLES",
        "LeadAsks": "crm.api.resources.event_shapes.ASKS",
        "TouchpointChannel": "crm.api.choices.TOUCHPOINT_CHANNELS",
        "TouchpointOutcome": "crm.api.choices.TOUCHPOINT_OUTCOMES",
        "OptInAnswer": "history.models.OptInAnswer",
        "ActivityKind": "history.models.ActivityKind",
        "ActivityState": "history.models.ActivityState",
        "ActivityPriority": "history.models.Priority",
        "TakeoverKind": "history.models.TakeoverKind",
        "OrderKind": "history.models.OrderKind",
        "AppointmentPlace": "history.models.AppointmentPlace",
        "AppointmentState": "history.models.AppointmentState",
        "AppointmentChannel": "history.models.AppointmentChannel",
        "AppointmentMessageOccasion": "history.models.MessageOccasion",
        "AppointmentMessageState": "history.models.MessageState",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if PRODUCTION else "WARNING"},
}
