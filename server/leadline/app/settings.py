"""Django's settings, made from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from leadline.app import database, keys, rooms
from leadline.app.env import environment

ENV = environment()
BASE_DIR = Path(__file__).resolve().parent
HOME = database.home(ENV)

DEBUG = ENV.debug
SECRET_KEY = keys.secret_key(ENV, HOME)
PUBLIC_URL = ENV.public_url or f"http://{ENV.host}:{ENV.port}"
# The same server as its own processes reach it: the sandbox is called here even behind a proxy.
LOCAL_URL = f"http://127.0.0.1:{ENV.port}"
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "allauth.usersessions",
    *rooms.installed(),
    "leadline.app",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leadline.app.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "leadline.app.middleware.ActorRequests",
]
ROOT_URLCONF = "leadline.app.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": database.settings(ENV, HOME)}
if ENV.test_db:
    DATABASES["default"]["TEST"] = {"NAME": ENV.test_db}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "leadline.app.accounts.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_reset_password": PUBLIC_URL + "/password/reset",
    "account_reset_password_from_key": PUBLIC_URL + "/password/reset/{key}",
    "account_signup": PUBLIC_URL + "/login",
    "account_confirm_email": PUBLIC_URL + "/login",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Leadline"
USERSESSIONS_TRACK_ACTIVITY = False

CACHES = {
    # Shared by all processes; allauth counts failed logins in it.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "leadline_cache"}
}

TASKS = {"default": {"BACKEND": "leadline.infra.jobs.backend.JobBackend"}}

EMAIL_BACKEND = "leadline.infra.mail.Backend"
DEFAULT_FROM_EMAIL = ENV.mail_from

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("he", "עברית")]
LOCALE_PATHS = [BASE_DIR.parent / "locale"]

STATIC_URL = "/static/"
MEDIA_ROOT = HOME / "files"
WEB_DIST = BASE_DIR / "web"
WHITENOISE_ROOT = WEB_DIST if WEB_DIST.is_dir() else None
WHITENOISE_INDEX_FILE = False
WHITENOISE_MAX_AGE = 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # The client logs whole addresses, and those of webhooks hold their token.
    "loggers": {"httpx": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
}
