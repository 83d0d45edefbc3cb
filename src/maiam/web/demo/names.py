"""Made-up names in the manners of the peoples who live there; the chance of each follows domain notes, not a register."""

from dataclasses import dataclass
from random import Random

KINH_SURNAMES = (
    ["Nguyễn"] * 38 + ["Trần"] * 11 + ["Lê"] * 10 + ["Phạm"] * 7 + ["Hoàng"] * 5 + ["Vũ", "Võ", "Phan", "Đặng"] * 3
)
KINH_SURNAMES += ["Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Mai", "Đinh", "Trịnh", "Lương", "Cao", "Tạ"]
MEN_MIDDLE = ["Văn"] * 10 + ["Đức", "Quang", "Minh", "Hữu", "Thanh", "Ngọc", "Xuân", "Công", "Đình", "Anh"]
MEN_GIVEN = [
    "Hùng",
    "Dũng",
    "Nam",
    "Sơn",
    "Tuấn",
    "Long",
    "Phúc",
    "Thắng",
    "Tú",
    "Việt",
    "Bình",
    "Hải",
    "Khánh",
    "Lâm",
    "Ước",
    "Đức",
]
WOMEN_MIDDLE = ["Thị"] * 14 + ["Ngọc", "Thu", "Kim", "Thanh", "Bích", "Mỹ", "Hồng", "Thùy"]
WOMEN_GIVEN = [
    "Hoa",
    "Lan",
    "Hương",
    "Thủy",
    "Hòa",
    "Mai",
    "Ánh",
    "Hằng",
    "Yến",
    "Nga",
    "Quý",
    "Thảo",
    "Trang",
    "Lý",
    "Ngân",
    "Hiền",
    "Ước",
    "Vân",
]
MNONG_MEN = [
    "Điểu K'Rang",
    "Điểu Tôn",
    "Điểu Nhơn",
    "K'Brêng",
    "Y Krang",
    "Điểu Xê",
    "K'Tiêng",
    "Y Xuyên",
    "Điểu Bloi",
    "K'Bông",
]
MNONG_WOMEN = [
    "Thị Mai",
    "Thị Bé",
    "H'Blinh",
    "Thị Đrôl",
    "H'Rưm",
    "Ka Nhơi",
    "Thị Ngơn",
    "H'Klă",
    "Thị Prôch",
    "Ka Byel",
]
EDE_MEN = ["Y Bhăm Niê", "Y Thịnh Mlô", "Y Blô Êban", "Y Khoa Niê Kdăm", "Y Wên Byă", "Y Sơn Ktla"]
EDE_WOMEN = ["H'Hoa Niê", "H'Linh Mlô", "H'Bơ̆ng Êban", "H'Yar Byă", "H'Duôn Ktla", "H'Ngăm Niê Kdăm"]
MONG_SURNAMES = ["Giàng", "Vàng", "Sùng", "Thào", "Lý", "Mùa", "Hầu"]
MONG_MEN = ["A Páo", "A Sì", "Seo Lử", "A Chu", "Văn Dính", "A Tủa"]
MONG_WOMEN = ["Thị Mỷ", "Thị Dợ", "Thị Sua", "Thị Chía", "Thị Pà", "Thị Máy"]
TAY_SURNAMES = ["Nông", "Hoàng", "Triệu", "Lương", "Bế", "Ma"]
PEOPLES = ["Kinh"] * 66 + ["M'Nông"] * 12 + ["Mông"] * 7 + ["Tày", "Nùng"] * 4 + ["Ê Đê"] * 4 + ["Dao"] * 3


@dataclass(frozen=True)
class Kin:
    """The manner in which one household's members are named."""

    people: str
    surname: str


def kin(random: Random) -> Kin:
    people = random.choice(PEOPLES)
    surnames = {"Kinh": KINH_SURNAMES, "Mông": MONG_SURNAMES}.get(people, TAY_SURNAMES)
    return Kin(people, random.choice(surnames))


def full_name(random: Random, of: Kin, *, is_woman: bool) -> str:
    """Name someone of this kin. M'Nông and Ê Đê names carry no shared surname in front."""
    if of.people == "M'Nông":
        return random.choice(MNONG_WOMEN if is_woman else MNONG_MEN)
    if of.people == "Ê Đê":
        return random.choice(EDE_WOMEN if is_woman else EDE_MEN)
    if of.people == "Mông":
        return f"{of.surname} {random.choice(MONG_WOMEN if is_woman else MONG_MEN)}"
    middle, given = (WOMEN_MIDDLE, WOMEN_GIVEN) if is_woman else (MEN_MIDDLE, MEN_GIVEN)
    return f"{of.surname} {random.choice(middle)} {random.choice(given)}"


def misspelt(random: Random, name: str) -> str:
    """The same name as a hurried hand writes it: one mark dropped, or another way to place it."""
    slips = {"ò": "o", "ủy": "uỷ", "òa": "oà", "ị": "i", "ễ": "ê", "ư": "u", "ý": "í", "đ": "d", "Đ": "D"}
    fitting = [mark for mark in slips if mark in name]
    return name.replace(slip := random.choice(fitting), slips[slip], 1) if fitting else name
