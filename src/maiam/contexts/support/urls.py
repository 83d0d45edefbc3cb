from django.urls import path

from maiam.contexts.support.views import referrals, support

app_name = "support"

urlpatterns = [
    path("chuyen-den/", referrals.inbox, name="inbox"),
    path("de-nghi/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("<uuid:case_id>/", support.support, name="case"),
    path("<uuid:case_id>/lien-he/", support.record_contact, name="record_contact"),
    path("<uuid:case_id>/ke-hoach-an-toan/", support.safety_plan, name="safety_plan"),
    path("<uuid:case_id>/dong-y/", referrals.give_consent, name="give_consent"),
    path("<uuid:case_id>/dong-y/<uuid:consent_id>/rut-lai/", referrals.withdraw_consent, name="withdraw_consent"),
    path("<uuid:case_id>/chuyen-di/", referrals.send, name="send"),
    path("<uuid:case_id>/chua-ai-giup/", referrals.unmet, name="unmet"),
]
