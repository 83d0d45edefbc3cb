"""A new administrator's way in: a code from the machine, a password of her own, an app, a passkey."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.people import Official

PASSWORD = "mưa-rừng-chuông-nồi-đất"
HALF_MINUTE = 30


class NewAdministrator(Official):
    """Someone appointed this morning, with an app on her phone and a key in her laptop."""

    secret = ""

    def plugs_in_a_key(self) -> None:
        """A key that knows its owner's finger, as a laptop's own."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        able = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        owner = {"isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": able | owner})

    def sets_her_password(self, username: str, code: str) -> None:
        self.opens("/nguoi-dung/thiet-lap/")
        self.finds_the_page_accessible()
        self.writes("Tên đăng nhập", username)
        self.writes("Mã thiết lập", code)
        self.writes("Mật khẩu mới", PASSWORD)
        self.writes("Gõ lại mật khẩu mới", PASSWORD)
        self.presses("Đặt mật khẩu")

    def types_her_password(self, username: str) -> None:
        self.finds_the_page_accessible()
        self.writes("Tên đăng nhập", username)
        self.writes("Mật khẩu", PASSWORD)
        self.presses("Đăng nhập")

    def adds_her_app(self) -> None:
        self.finds_the_page_accessible()
        self.follows("Thêm ứng dụng")
        self.finds_the_page_accessible()
        self.secret = self.page.locator("main code").inner_text()
        self.types_the_code_she_sees()
        self.presses("Thêm")

    def types_the_code_she_sees(self) -> None:
        now = time.time()
        if now % HALF_MINUTE > HALF_MINUTE - 4:
            time.sleep(HALF_MINUTE - now % HALF_MINUTE)
        code = format_hotp_value(hotp_value(self.secret, int(time.time()) // HALF_MINUTE))
        self.page.locator("input[name=code]").fill(code)

    def adds_her_key(self) -> None:
        self.opens("/tai-khoan/lop-thu-hai/khoa/them/")
        self.finds_the_page_accessible()
        self.chooses("Đăng nhập chỉ bằng khóa này, không cần mật khẩu")
        self.presses("Thêm khóa")
        self.sees("Đã thêm khóa bảo mật.")

    def signs_out(self) -> None:
        self.opens("/nguoi-dung/")
        self.presses("Đăng xuất")


def test_a_new_administrator_comes_in(site, desk: Page):
    said = site.run("accounts", "appoint-administrator", "sen", "Cao Thị Sen")
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", said).group()
    sen = NewAdministrator(desk, site)

    sen.sets_her_password("sen", code)
    sen.types_her_password("sen")
    expect(desk.locator("h1")).to_have_text("Lớp bảo vệ thứ hai")

    # Until the second factor stands, every way leads back to it.
    sen.opens("/nguoi-dung/")
    expect(desk.locator("h1")).to_have_text("Lớp bảo vệ thứ hai")
    sen.adds_her_app()
    sen.sees("Chép ra giấy")
    sen.finds_the_page_accessible()
    sen.follows("Đã chép xong")
    expect(desk.locator("h1")).to_have_text("Người dùng")
    sen.finds_the_page_accessible()

    # A passkey alone brings her in the next time.
    sen.plugs_in_a_key()
    sen.adds_her_key()
    sen.signs_out()
    sen.opens("/tai-khoan/dang-nhap/")
    sen.presses("Đăng nhập bằng khóa")
    expect(desk.locator("h1")).to_have_text("Người dùng")

    # And password with key, where the app stays at home.
    sen.signs_out()
    sen.opens("/tai-khoan/dang-nhap/")
    sen.types_her_password("sen")
    sen.finds_the_page_accessible()
    sen.presses("Dùng khóa bảo mật")
    expect(desk.locator("h1")).to_have_text("Người dùng")


def test_her_pages_are_usable_by_everyone(site, desk: Page):
    administrator = Official(desk, site)
    administrator.signs_in("Bùi Văn Quân")

    for path in ("/nguoi-dung/toi/", "/nguoi-dung/", "/nguoi-dung/them/", "/nguoi-dung/ma-ket-noi/tat-ca/"):
        administrator.opens(path)
        administrator.finds_the_page_accessible()
    administrator.opens("/nguoi-dung/")
    administrator.follows("Nguyễn Thị Lan")
    administrator.finds_the_page_accessible()
    for path in ("/tai-khoan/lop-thu-hai/", "/tai-khoan/cac-phien/", "/tai-khoan/mat-khau/dat/"):
        administrator.opens(path)
        administrator.finds_the_page_accessible()
