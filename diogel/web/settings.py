"""Settings: safe by default, one process and one file, everything else by environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from diogel.home import home, is_demo, made
from diogel.post.notify import Notify, told_by

BASE = Path(__file__).resolve().parent.parent
CHECKOUT = BASE.parent


def _secret() -> str:
    """DIOGEL_SECRET, else a key made once and kept in the home, readable by its owner only."""
    if os.environ.get("DIOGEL_SECRET"):
        return os.environ["DIOGEL_SECRET"]
    path = made() / "secret"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _database() -> dict[str, Any]:
    """SQLite in the home, or what DATABASE_URL names: postgresql://user:password@host:port/name, or a socket folder as ?host=.

    A demo's people have a password that everyone knows, so they are written into its own home and nowhere else."""
    url = "" if is_demo() else os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home() / "diogel.sqlite3",
            # IMMEDIATE takes the write lock at the start, so that read-then-write never fails half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlparse(url)
    # PostgreSQL would compile a question that it thinks dear before it asks it: ten seconds for the list of words, which it answers in a tenth.
    options: dict[str, Any] = {"options": "-c jit=off"}
    if os.environ.get("DIOGEL_POOL", "yes") == "yes":
        options["pool"] = {"min_size": 1, "max_size": 8}
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


def _hosts() -> list[str]:
    """What the site may be called. Not just anything: the letter that sets a password leads to the host that was asked for, so whoever
    could choose that would be sent other people's links."""
    told = "" if is_demo() else os.environ.get("DIOGEL_HOSTS", "")
    hosts = [host.strip() for host in told.split(",") if host.strip()]
    if "*" in hosts:
        raise ImproperlyConfigured("DIOGEL_HOSTS is “*”. Name the hosts that this site is called by, such as diogel.example.org.")
    return hosts or ["127.0.0.1", "localhost", "[::1]"]


def _mail_server() -> dict[str, Any]:
    """What DIOGEL_MAIL names: smtp://user:password@host:587 (encrypted once connected), smtps:// (from the first byte), or
    smtp://localhost for a relay on this machine."""
    parts = urlparse(os.environ.get("DIOGEL_MAIL", ""))
    direct = parts.scheme == "smtps"
    return {
        "host": parts.hostname or "",
        "port": parts.port or (465 if direct else 587 if parts.username else 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": direct,
        "tls": bool(parts.username) and not direct,
    }


def _notify() -> Notify | None:
    """The service of GOV.UK Notify by which letters go instead of a mail server's; a demo sends none."""
    try:
        found = None if is_demo() else told_by(os.environ)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None
    if found and os.environ.get("DIOGEL_MAIL"):
        raise ImproperlyConfigured("DIOGEL_MAIL and DIOGEL_NOTIFY_KEY are both set. Letters go by one way: take one of the two away.")
    return found


SECRET_KEY = _secret()
DEBUG = False
DEMO = is_demo()
ALLOWED_HOSTS = _hosts()
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS if not DEMO]

INSTALLED_APPS = [
    "diogel.web",  # before django.forms and allauth: its templates are found first
    "diogel.public",
    "diogel.publishing",
    "diogel.rounds",
    "diogel.exchange",
    "diogel.plan",
    "diogel.assessment",
    "diogel.indicators",
    "diogel.processes.actions",
    "diogel.processes.tensions",
    "diogel.crime",
    "diogel.records",
    "diogel.post",
    "diogel.people",
    "diogel.places",
    "diogel.audit",
    "diogel.published",
    "diogel.words",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before the static files, so that these carry the policy too
    "diogel.web.doors.demo_stays_here",  # before the static files: a demo shows nobody elsewhere even these
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diogel.web.doors.Weighed",  # before whatever reads a form
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diogel.web.doors.told_to_the_browser",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "diogel.web.urls"
WSGI_APPLICATION = "diogel.web.wsgi.application"
FORM_RENDERER = "diogel.web.forms_renderer.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "diogel.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "diogel.words.templatetags.words"],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# It counts attempts. The usual 300 rows would let whoever tries many addresses push out the counts of the others.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "diogel.web.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
BEHIND_A_PROXY = os.environ.get("DIOGEL_PROXY") == "yes"
# Without this every reader behind the proxy would count as one, and ten wrong passwords a minute would shut all of them out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_A_PROXY else 0
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_sign_in"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"

_MAIL = _mail_server()
NOTIFY = _notify()
SENDS_MAIL = bool(_MAIL["host"] or NOTIFY) and not DEMO
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if SENDS_MAIL else "diogel.web.outbox.EmailBackend"
if NOTIFY:
    EMAIL_BACKEND = "diogel.post.notify_mail.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (_MAIL[name] for name in ("host", "port", "user", "password"))
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL["ssl"], _MAIL["tls"]
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = home() / "outbox"
_SCHEME = "https" if os.environ.get("DIOGEL_HTTPS") == "yes" else "http"
# Where the links of letters lead; in a demo a page that sends letters uses the address that it was asked for under.
SITE_ROOT = (os.environ.get("DIOGEL_SITE") or f"{_SCHEME}://{ALLOWED_HOSTS[0]}").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("DIOGEL_MAIL_FROM", "Diogel <diogel@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("cy", "Cymraeg"), ("en", "English")]
LOCALE_PATHS = [CHECKOUT / "locale" if (CHECKOUT / "locale").exists() else BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

_HTTPS = os.environ.get("DIOGEL_HTTPS", "no") == "yes" and not DEMO
# With the prefix a browser takes the cookie only from this very host, over HTTPS: no neighbouring site can set one for us.
_PREFIX = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}sessionid", f"{_PREFIX}csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_A_PROXY else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What a page takes altogether is told in people/sending.py; these are the words of a form, its files apart.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF, NONCE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Request logs would carry addresses of people's searches; errors alone are kept.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}

PLANS_HAVE_PAPERS = True
"""A plan is published with its papers in Word and as PDF; tests that are not about them do without, for each takes a second."""

# The 48 months of invented rows and the people of the examples carry this line everywhere.
EXAMPLE_LINE = _("Example data; not a statement by these bodies")
