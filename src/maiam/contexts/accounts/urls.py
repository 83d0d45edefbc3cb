from django.urls import path

from maiam.contexts.accounts.views import demo, filters, own, people

app_name = "accounts"

urlpatterns = [
    # --- one's own
    path("toi/", own.posts, name="posts"),
    path("thiet-lap/", own.set_up, name="set_up"),
    path("ma-ket-noi/", own.tokens, name="tokens"),
    path("ma-ket-noi/<int:token_id>/thu-hoi/", own.revoke_token, name="revoke_token"),
    path("bo-loc/luu/", filters.save_filter, name="save_filter"),
    path("bo-loc/<uuid:filter_id>/bo/", filters.remove_filter, name="remove_filter"),
    path("dung-thu/", demo.demo, name="demo"),
    # --- the administrator's
    path("", people.account_list, name="list"),
    path("them/", people.add_account, name="add"),
    path("ma-ket-noi/tat-ca/", people.all_tokens, name="all_tokens"),
    path("chuc-vu/them/", people.find_place, name="find_place"),
    path("chuc-vu/them/tinh/", people.add_post, name="add_province_post"),
    path("chuc-vu/them/<int:commune_id>/", people.add_post, name="add_post"),
    path("giu-chuc-vu/<int:holding_id>/ket-thuc/", people.end_post, name="end_post"),
    path("<int:account_id>/", people.account, name="account"),
    path("<int:account_id>/giao-chuc-vu/", people.find_post, name="find_post"),
    path("<int:account_id>/giao-chuc-vu/<int:post_id>/", people.give_post, name="give_post"),
    path("<int:account_id>/ma-thiet-lap/", people.make_set_up_code, name="make_set_up_code"),
    path("<int:account_id>/mo-lai/", people.ask_reset, name="ask_reset"),
    path("<int:account_id>/mo-lai/xac-nhan/", people.confirm_reset, name="confirm_reset"),
    path("<int:account_id>/dang-xuat/", people.end_sessions, name="end_sessions"),
]
