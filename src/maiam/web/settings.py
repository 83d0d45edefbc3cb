"""Settings of Mái Ấm, read from the environment once, at start."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from maiam.web import environment

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
STATE = Path(environment.text("MAIAM_STATE", str(ROOT / "var")))
FRONTEND_DIST = ROOT / "frontend" / "dist"

# --- who we are: a demonstration may sign anyone in with one click; production never
MODE = environment.text("MAIAM_MODE", "production")
DEMO = MODE == "demo"
PORT = environment.whole_number("MAIAM_PORT", 8000)
PROVINCE_CODE = environment.text("MAIAM_PROVINCE", "68")

# --- secrets
SECRET_KEY = environment.secret("django_key")
CONTEXT_KEY = environment.secret("context_key")
AUDIT_KEY = environment.secret("audit_key")
VAULT_KEY = environment.secret("vault_key")
INDEX_KEY = environment.secret("index_key")

# --- what is installed, top floor first
INSTALLED_APPS = [
    "maiam.web",
    "maiam.contexts.evaluation",
    "maiam.contexts.hotspots",
    "maiam.contexts.webhooks",
    "maiam.contexts.retention",
    "maiam.contexts.rights",
    "maiam.contexts.statistics",
    "maiam.contexts.alarms",
    "maiam.contexts.reviews",
    "maiam.contexts.disclosures",
    "maiam.contexts.measures",
    "maiam.contexts.support",
    "maiam.contexts.risk",
    "maiam.contexts.cases",
    "maiam.contexts.reports",
    "maiam.contexts.contacts",
    "maiam.contexts.exports",
    "maiam.contexts.linkage",
    "maiam.contexts.imports",
    "maiam.contexts.surveys",
    "maiam.contexts.changes",
    "maiam.contexts.duties",
    "maiam.contexts.conflicts",
    "maiam.contexts.families",
    "maiam.contexts.accounts",
    "maiam.contexts.places",
    "maiam.platform.ui",
    "maiam.platform.jobs",
    "maiam.platform.audit",
    "maiam.platform.access",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "accounts.Account"

MIDDLEWARE = [
    "maiam.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "maiam.web.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maiam.web.middleware.ActorMiddleware",
]
ROOT_URLCONF = "maiam.web.urls"
WSGI_APPLICATION = "maiam.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "maiam.web.context_processors.desk",
            ],
        },
    },
]

# --- database
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.parse(environment.database_url(), conn_max_age=0)}
}
_POOLED = environment.text("MAIAM_POOL", "yes") == "yes"
DATABASES["default"].setdefault("OPTIONS", {})
if _POOLED and os.environ.get("MAIAM_DATABASE_ROLE") != "owner":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- language and time: one reader and one writer of dates and numbers, in core/text
LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "maiam.contexts.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "maiam.contexts.accounts.forms.sign_in.SignInForm",
    "reauthenticate": "maiam.contexts.accounts.forms.sign_in.ConfirmPasswordForm",
    "change_password": "maiam.contexts.accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "maiam.contexts.accounts.forms.sign_in.SetPasswordForm",
}
# Tries are slowed by account and by network; the owner is never locked out for good.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole_number("MAIAM_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "maiam.contexts.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "maiam.contexts.accounts.forms.sign_in.CodeForm",
    "reauthenticate": "maiam.contexts.accounts.forms.sign_in.ConfirmCodeForm",
    "activate_totp": "maiam.contexts.accounts.forms.sign_in.AddAppForm",
    "deactivate_totp": "maiam.contexts.accounts.forms.sign_in.RemoveAppForm",
    "authenticate_webauthn": "maiam.contexts.accounts.forms.sign_in.UseKeyForm",
    "reauthenticate_webauthn": "maiam.contexts.accounts.forms.sign_in.ConfirmKeyForm",
    "login_webauthn": "maiam.contexts.accounts.forms.sign_in.SignInByKeyForm",
    "add_webauthn": "maiam.contexts.accounts.forms.sign_in.AddKeyForm",
    "edit_webauthn": "maiam.contexts.accounts.forms.sign_in.RenameKeyForm",
    "generate_recovery_codes": "maiam.contexts.accounts.forms.sign_in.NewRecoveryCodesForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A key alone opens the door, so it must know its owner: by finger, face or number.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Mái Ấm"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "sessionid" if DEMO else "__Host-sessionid"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "maiam.web.errors.csrf_failure"

# --- what the browser may do
ALLOWED_HOSTS = environment.words("MAIAM_HOSTS", ["localhost", "127.0.0.1"])
# Without it browsers send "Origin: null" and the desk's forms are refused; the public's pages tell nothing at all.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_SSL_REDIRECT = False
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Forms take up to 50,000 letters of story, kept whole; pictures are limited where they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
ATTACHMENTS_ROOT = STATE / "attachments"
# Kept with the backups, and read again before a restored database is opened.
ERASURES_ROOT = Path(environment.text("MAIAM_ERASURES", str(STATE / "erasures")))
# Where the public reaches the site: printed, as a QR, on every numbered paper.
PUBLIC_ADDRESS = environment.text("MAIAM_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
PAPER_FONTS = FRONTEND_DIST / "fonts" / "papers"

# --- shared counters for limits: two web processes see the same
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING_CONFIG = None

# --- the queue: each app's `jobs.py` declares its own
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- by what messages to people leave: a gateway for each way, else a modem's spool; a demonstration sends none
CONTACT_DEMO = DEMO
CONTACT_GATEWAYS = {
    "sms": environment.text("MAIAM_SMS_GATEWAY", ""),
    "zalo": environment.text("MAIAM_ZALO_GATEWAY", ""),
}
CONTACT_GATEWAY_TOKEN = (
    environment.secret("gateway_token") if any(CONTACT_GATEWAYS.values()) and not CONTACT_DEMO else ""
)
CONTACT_SPOOL = environment.text("MAIAM_SMS_SPOOL", "")

# --- other systems are told over https on the open network; a demonstration may also speak to this very machine
WEBHOOKS_MAY_LOOP = DEMO
