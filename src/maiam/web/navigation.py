"""The menu of each role: at most seven words, each leading somewhere its holder may go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    is_current: bool
    count: int | None = None


# label, URL name, the power it takes
MENU = (
    ("Hôm nay", "duties:today", Permission.CARRY_DUTIES),
    ("Chờ quyết định", "measures:waiting", Permission.DECIDE_MEASURES),
    ("Báo tin", "reports:take", Permission.TAKE_REPORT),
    ("Tin báo", "reports:list", Permission.VIEW_REPORTS),
    ("Tin tôi nhận", "reports:own", Permission.VIEW_OWN_REPORTS),
    ("Vụ việc", "cases:list", Permission.VIEW_CASES),
    ("Đề nghị hỗ trợ", "support:inbox", Permission.ANSWER_REFERRALS),
    ("Lệnh cấm tiếp xúc", "cases:no_contact_list", Permission.SUPERVISE_NO_CONTACT),
    ("Hộ gia đình", "families:search", Permission.VIEW_FAMILIES),
    ("Sổ cái tin báo", "reports:ledger", Permission.VIEW_LEDGER),
    ("Tổng quan", "evaluation:overview", Permission.VIEW_OVERVIEW),
    ("Điểm nóng", "hotspots:alerts", Permission.VIEW_HOT_SPOTS),
    ("Bộ câu hỏi", "surveys:questionnaires", Permission.KEEP_QUESTIONS),
    ("Đề nghị miễn việc", "duties:excuses", Permission.EXCUSE_DUTIES),
    ("Thống kê", "statistics:index", Permission.VIEW_STATISTICS),
    ("Rà soát vụ tử vong", "reviews:list", Permission.VIEW_REVIEWS),
    ("Tin chưa rõ nơi", "reports:unplaced", Permission.PLACE_REPORTS),
    ("Nhật ký", "audit:trail", Permission.VIEW_AUDIT),
    ("Xung đột lợi ích", "conflicts:watch", Permission.WATCH_CONFLICTS),
    ("Sổ xuất danh sách", "exports:list", Permission.WATCH_EXPORTS),
    ("Yêu cầu của người dân", "rights:list", Permission.WATCH_RIGHTS),
    ("Người dùng", "accounts:list", Permission.MANAGE_ACCOUNTS),
    ("Thời hạn lưu giữ", "retention:table", Permission.VIEW_RETENTION),
    ("Báo cho hệ thống khác", "webhooks:list", Permission.MANAGE_WEBHOOKS),
)

# Pages that hang together under one word of the menu share a second row of words, told by the start of their address.
# The first of a row stands in the menu, for whoever may open it; the others then need no place there.
SECTIONS = {
    "/tin-bao/": (
        ("Tin báo của xã", "reports:list", Permission.VIEW_REPORTS),
        ("Tin tôi nhận", "reports:own", Permission.VIEW_OWN_REPORTS),
        ("Sổ cái tin báo", "reports:ledger", Permission.VIEW_LEDGER),
        ("Điểm nóng", "hotspots:alerts", Permission.VIEW_HOT_SPOTS),
    ),
    "/gia-dinh/": (
        ("Tìm người, hộ", "families:search", Permission.VIEW_FAMILIES),
        ("Thu thập", "surveys:list", Permission.COLLECT_ANSWERS),
        ("Đề nghị sửa sổ", "changes:list", Permission.REQUEST_CHANGE),
        ("Hồ sơ trùng", "linkage:list", Permission.JUDGE_DOUBLES),
        ("Nhập danh sách", "imports:list", Permission.IMPORT_FAMILIES),
        ("Xuất danh sách", "exports:list", Permission.VIEW_EXPORTS),
        ("Yêu cầu của người dân", "rights:list", Permission.VIEW_RIGHTS),
        ("Thôn, bon, tổ", "places:own_villages", Permission.EDIT_VILLAGES),
    ),
}
# The commune's villages lie among places, and are kept beside its register; so are the rounds of collection.
SECTIONS["/dia-ban/cua-xa/"] = SECTIONS["/thu-thap/"] = SECTIONS["/gia-dinh/"]
# Cases, orders and the files on perpetrators are one work; the police have the last two.
SECTIONS["/vu-viec/"] = (
    ("Vụ việc", "cases:list", Permission.VIEW_CASES),
    ("Lệnh cấm tiếp xúc", "cases:no_contact_list", Permission.VIEW_NO_CONTACT),
    ("Hồ sơ người có hành vi", "measures:files", Permission.VIEW_PERPETRATORS),
    ("Chờ báo", "contacts:waiting", Permission.KEEP_CONTACT_RULES),
    ("Rà soát", "reviews:list", Permission.VIEW_REVIEWS),
    ("Sổ văn bản", "cases:register", Permission.VIEW_NO_CONTACT),
)
for _start in ("/bien-phap/ho-so/", "/lien-lac/", "/ra-soat/", "/ho-so-toa/"):
    SECTIONS[_start] = SECTIONS["/vu-viec/"]
SECTIONS["/diem-nong/"] = (
    ("Cảnh báo", "hotspots:alerts", Permission.VIEW_HOT_SPOTS),
    ("Hồ sơ điểm nóng", "hotspots:files", Permission.VIEW_HOT_SPOTS),
    ("Hộ báo nhiều lần", "hotspots:homes", Permission.VIEW_CASES),
    ("Bản đồ", "hotspots:map", Permission.WATCH_HOT_SPOTS),
    ("Lần chạy", "hotspots:runs", Permission.WATCH_HOT_SPOTS),
    ("Đúng đến đâu", "hotspots:evaluation", Permission.WATCH_HOT_SPOTS),
    ("Ngưỡng", "hotspots:thresholds", Permission.SET_HOT_SPOTS),
)
SECTIONS["/viec/"] = (
    ("Hôm nay", "duties:today", Permission.CARRY_DUTIES),
    ("Đề nghị miễn việc", "duties:excuses", Permission.EXCUSE_DUTIES),
)


def home(actor: Actor) -> str:
    """Where this actor's day begins: the first word of their menu."""
    return next((reverse(name) for _, name, permission in MENU if actor.can(permission)), reverse("public:home"))


def menu(actor: Actor, path: str) -> list[Item]:
    heads = [entries for entries in SECTIONS.values() if actor.can(entries[0][2])]
    second = {name for _, *others in heads for _, name, _ in others}
    return _items([entry for entry in MENU if entry[1] not in second], actor, path)


def section(actor: Actor, path: str) -> list[Item]:
    """The words beside the page at `path` that belong to the same work; none where there is only one."""
    entries = next((entries for start, entries in SECTIONS.items() if path.startswith(start)), ())
    items = _items(entries, actor, path)
    above = next((item.url for item in menu(actor, path) if item.is_current), None)
    is_ours = above is None or above in {item.url for item in items}
    return items if is_ours and len(items) > 1 else []


def _items(entries: Iterable[tuple[str, str, Permission]], actor: Actor, path: str) -> list[Item]:
    items = [(label, reverse(name)) for label, name, permission in entries if actor.can(permission)]
    # Addresses nest ("/tin-bao/", "/tin-bao/so-cai/"): the longest that fits is where we are.
    here = max((url for _, url in items if path.startswith(url)), key=len, default="")
    return [Item(label, url, is_current=url == here) for label, url in items]
