"""A list as a village head keeps it, waiting for the officer: ages, old numbers, a day that is none."""

from datetime import datetime

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.imports import services as imports
from maiam.contexts.places.models import Unit
from maiam.platform.access import Role, acting

FILE_NAME = "Danh sách hộ thôn Thuận An.csv"
LINES = """DANH SÁCH HỘ GIA ĐÌNH (tính đến ngày 30/6/2026);;;;;;;
STT;Hộ số;Họ và tên;Giới tính;Năm sinh;Quan hệ với chủ hộ;Số CCCD/CMND;Ghi chú
1;1;Nguyễn Văn Thử;Nam;12.05.1971;Chủ hộ;067071000001;
2;;Trần Thị Mẫu;Nữ;1973;Vợ;;
3;;Nguyễn Thị Mẫu;Nữ;15/8/2001;Con gái;;
4;2;Điểu K'Thử;Nam;khoảng 1965;Chủ hộ;245000001;
5;;H' Mẫu Niê;Nữ;70 tuổi mụ;mẹ;;
6;3;Lê Văn Thử;Nam;31/02/1988;Chủ hộ;;
;;Tổng cộng: 6 nhân khẩu;;;;;
"""


def bring_one(commune: Unit, now: datetime) -> None:
    """Let the culture officer of a commune bring a list; the worker opens it once it runs."""
    post = accounts.post_for(Role.CULTURE_OFFICER, commune_id=commune.id)
    holder = next(iter(accounts.holders_of(post, now)), None) if post else None
    if post is None or holder is None:
        return
    officer = accounts.actor_in_post(holder, post, now)
    with acting(officer):
        imports.bring_list(actor=officer, file_name=FILE_NAME, content=LINES.encode(), now=now)
