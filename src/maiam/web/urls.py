"""All addresses of the site. The public's come first and say nothing of what they are for."""

from django.urls import include, path

from maiam.web.api import api
from maiam.web.views import home

urlpatterns = [
    path("", include("maiam.contexts.reports.urls_public")),
    path("thong-tin-cua-ban/", include("maiam.contexts.rights.urls_public")),
    path("kiem-tra-van-ban/", include("maiam.contexts.cases.urls_public")),
    path("ban-lam-viec/", home, name="home"),
    path("dia-ban/", include("maiam.contexts.places.urls")),
    path("tai-khoan/", include("maiam.contexts.accounts.urls_sign_in")),
    path("nguoi-dung/", include("maiam.contexts.accounts.urls")),
    path("viec/", include("maiam.contexts.duties.urls")),
    path("tin-bao/", include("maiam.contexts.reports.urls")),
    path("gia-dinh/xuat/", include("maiam.contexts.exports.urls")),
    path("gia-dinh/de-nghi/", include("maiam.contexts.changes.urls")),
    path("gia-dinh/nhap/", include("maiam.contexts.imports.urls")),
    path("gia-dinh/trung/", include("maiam.contexts.linkage.urls")),
    path("gia-dinh/quyen/", include("maiam.contexts.rights.urls")),
    path("gia-dinh/", include("maiam.contexts.families.urls")),
    path("xung-dot/", include("maiam.contexts.conflicts.urls")),
    path("thu-thap/", include("maiam.contexts.surveys.urls")),
    path("thong-ke/", include("maiam.contexts.statistics.urls")),
    path("nguy-co/", include("maiam.contexts.risk.urls")),
    path("ho-tro/", include("maiam.contexts.support.urls")),
    path("lien-lac/", include("maiam.contexts.contacts.urls")),
    path("canh-bao/", include("maiam.contexts.alarms.urls")),
    path("bien-phap/", include("maiam.contexts.measures.urls")),
    path("vu-viec/", include("maiam.contexts.cases.urls")),
    path("ho-so-toa/", include("maiam.contexts.disclosures.urls")),
    # Its papers are addressed by the file formats that the addresses of cases declare.
    path("ra-soat/", include("maiam.contexts.reviews.urls")),
    path("diem-nong/", include("maiam.contexts.hotspots.urls")),
    path("tinh/", include("maiam.contexts.evaluation.urls")),
    path("he-thong-khac/", include("maiam.contexts.webhooks.urls")),
    path("luu-giu/", include("maiam.contexts.retention.urls")),
    path("nhat-ky/", include("maiam.platform.audit.urls")),
    path("api/v1/", api.urls),
]

handler400 = "maiam.web.errors.bad_request"
handler403 = "maiam.web.errors.forbidden"
handler404 = "maiam.web.errors.not_found"
handler500 = "maiam.web.errors.server_error"
