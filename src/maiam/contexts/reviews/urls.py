from django.urls import path

from maiam.contexts.reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.listing, name="list"),
    path("vu-viec/<uuid:case_id>/de-nghi/", views.ask, name="ask"),
    path("kien-nghi/<uuid:recommendation_id>/", views.recommendation, name="recommendation"),
    path("<uuid:review_id>/", views.detail, name="detail"),
    path("<uuid:review_id>/tra-loi/", views.answer, name="answer"),
    path("<uuid:review_id>/bai-hoc/", views.add_lesson, name="add_lesson"),
    path("<uuid:review_id>/kien-nghi/", views.recommend, name="recommend"),
    path("<uuid:review_id>/nguoi/", views.add_member, name="add_member"),
    path("<uuid:review_id>/nguoi/<uuid:member_id>/roi/", views.end_member, name="end_member"),
    path("<uuid:review_id>/ket-thuc/", views.close, name="close"),
    path("<uuid:review_id>.<file_format:file_format>", views.paper, name="paper"),
]
