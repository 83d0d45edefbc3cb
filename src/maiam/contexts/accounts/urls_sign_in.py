"""Of the sign-in library, only what is used: no sign-up, no e-mail, no reset by mail. The names are the library's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path

from maiam.contexts.accounts.views import own, sign_in

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ngung-dung/", account.account_inactive, name="account_inactive"),
    path("chua-co-chuc-vu/", own.without_post, name="account_without_post"),
    path("xac-nhan/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("cac-phien/", sessions.list_usersessions, name="usersessions_list"),
    # --- the second factor
    path("lop-thu-hai/", mfa.index, name="mfa_index"),
    path("lop-thu-hai/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("lop-thu-hai/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("lop-thu-hai/ung-dung/them/", totp.activate_totp, name="mfa_activate_totp"),
    path("lop-thu-hai/ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("lop-thu-hai/khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("lop-thu-hai/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("lop-thu-hai/khoa/xac-nhan/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("lop-thu-hai/khoa/dang-nhap/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("lop-thu-hai/khoa/<int:pk>/ten/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("lop-thu-hai/khoa/<int:pk>/bo/", sign_in.remove_key, name="mfa_remove_webauthn"),
    path("lop-thu-hai/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("lop-thu-hai/ma-du-phong/moi/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
