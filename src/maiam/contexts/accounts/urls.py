from django.urls import path

from maiam.contexts.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account_list, name="list"),
    path("chuc-vu/", views.posts, name="posts"),
    path("dung-thu/", views.demo, name="demo"),
]
