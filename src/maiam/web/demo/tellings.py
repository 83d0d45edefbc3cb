"""What people tell in the demonstration, and how it reaches an office. Made up, every word."""

from dataclasses import dataclass

from maiam.contexts.reports.rules.draft import Happening, InDanger, Kind, Sign
from maiam.platform.access import Role
from maiam.web.demo.homes import Hurt


@dataclass(frozen=True)
class Telling:
    """One way a story is told, with the acts of the law an officer later finds in it."""

    story: str
    kinds: tuple[Kind, ...]
    acts: tuple[str, ...]
    in_danger: tuple[InDanger, ...] = (InDanger.SOMEONE,)
    happening: Happening = Happening.NOT_NOW
    signs: tuple[Sign, ...] = ()
    hurt: Hurt = Hurt.WIFE


TELLINGS = (
    Telling("Tối qua nghe tiếng la, chị ấy chạy sang nhà tôi, mặt sưng.", (Kind.BEATEN,), ("ACT_A",)),
    Telling("Chồng tôi hay chửi mắng, dọa đánh trước mặt các con.", (Kind.INSULTED, Kind.THREATENED), ("ACT_B", "ACT_A"), (InDanger.ME,)),
    Telling("Anh ấy giữ hết tiền bán cà phê, không cho chị đi chợ.", (Kind.MONEY,), ("ACT_O",)),
    Telling("Uống rượu về là đập đồ, chị ấy bế con ra ngủ ngoài rẫy.", (Kind.THREATENED,), ("ACT_A", "ACT_N")),
    Telling("Chồng đuổi tôi và con ra khỏi nhà lúc nửa đêm.", (Kind.THROWN_OUT,), ("ACT_Q",), (InDanger.ME, InDanger.CHILDREN)),
    Telling("Đang đánh nhau to ở nhà bên, có dao.", (Kind.BEATEN,), ("ACT_A",), (InDanger.SOMEONE,), Happening.NOW, (Sign.WEAPON,)),
    Telling("Anh ấy bóp cổ tôi tối qua, tôi đang ở nhà mẹ.", (Kind.BEATEN,), ("ACT_A",), (InDanger.ME,), signs=(Sign.CHOKED,)),
    Telling("Mỗi lần xin tiền học cho con là bị chửi, bị tát.", (Kind.MONEY, Kind.BEATEN), ("ACT_A", "ACT_O"), (InDanger.ME,)),
    Telling("Không cho chị ấy về thăm bố mẹ, cấm gặp ai.", (Kind.CONFINED,), ("ACT_E",)),
    Telling("Vợ ném đồ, cào mặt chồng, hàng xóm phải vào can.", (Kind.BEATEN,), ("ACT_A",), hurt=Hurt.HUSBAND),
    Telling("Bà cụ bị bỏ mặc ở chòi rẫy, mấy ngày không ai mang cơm.", (Kind.NEGLECTED,), ("ACT_D",), hurt=Hurt.ELDER),
    Telling("Cháu nhỏ bị nhốt trong phòng, hàng xóm nghe khóc.", (Kind.CONFINED,), ("ACT_P",), (InDanger.CHILDREN,), hurt=Hurt.CHILD),
)  # fmt: skip

# Another person's telling of what is already known; the last ones contradict the first.
ECHOES = (
    Telling("Nhà ấy lại có chuyện, tôi nghe từ đầu đêm.", (Kind.NOT_SURE,), ()),
    Telling("Tôi thấy vết bầm sáng nay, hỏi thì không dám nói.", (Kind.BEATEN,), ()),
    Telling("Không đánh gì đâu, chỉ to tiếng vì chuyện tiền.", (Kind.NOT_SURE,), ()),
    Telling("Tôi ở cạnh, tối đó nhà ấy đi vắng cả.", (Kind.NOT_SURE,), ()),
)
CONTRADICTING = ECHOES[2:]
NOT_OURS = ("Hai nhà cãi nhau vì ranh đất.", "Thanh niên đánh nhau ở quán.", "Hỏi thủ tục đăng ký kết hôn.")
REASONS = {
    "new": "Đã gặp riêng người bị bạo lực, lời kể khớp với người làm chứng.",
    "same": "Cùng người, cùng đêm; báo từ hai nơi.",
    "not_dv": "Không phải thành viên gia đình; đã hướng dẫn nơi giải quyết.",
    "elsewhere": "Việc xảy ra ở xã khác; xã đó đã nhận.",
    "crime": "Có dấu hiệu tội phạm, chuyển cơ quan điều tra.",
    "no_contact": "Đã tìm ba lần, không gặp được ai.",
    "looked_into": "Đã cử trưởng thôn đến xem, đợi gặp riêng từng người.",
    "unfounded": "Đã hỏi cả hai bên và hàng xóm; không có việc như đã báo.",
}


@dataclass(frozen=True)
class Way:
    """Who takes the report, over which channel, at which receiving address. No role: the public itself."""

    role: Role | None
    channel: str
    address: str
    weight: int
    reporter_type: str = "neighbour"

    def suits(self, telling: Telling) -> bool:
        """The public tells anything; who tells of themselves is the victim."""
        return self.role is None or (self.reporter_type == "victim") == (InDanger.ME in telling.in_danger)


WAYS = (
    Way(None, "text_message", "commune_pc", 5),
    Way(Role.VILLAGE_HEAD, "in_person", "village_head", 4),
    Way(Role.CULTURE_OFFICER, "in_person", "commune_pc", 4, "victim"),
    Way(Role.CULTURE_OFFICER, "phone_call", "commune_pc", 3, "family"),
    Way(Role.CULTURE_OFFICER, "letter", "commune_pc", 1, "organisation"),
    Way(Role.COMMUNE_POLICE, "phone_call", "police_border", 3),
    Way(Role.WOMEN_UNION, "in_person", "commune_organisation_head", 2, "victim"),
    Way(Role.HEALTH_STATION, "referral_health", "commune_pc", 1, "organisation"),
    Way(Role.HOTLINE_OPERATOR, "phone_call", "national_hotline", 2, "victim"),
    Way(Role.HOTLINE_OPERATOR, "phone_call", "national_hotline", 1, "family"),
)
