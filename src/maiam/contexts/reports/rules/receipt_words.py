"""A receipt code as eight plain words, for whom digits slip away: two digits a word, to remember or say on the phone.

The words stand for things at home and in the fields, tell nothing of a report, and stay apart without marks and in the
mouths of north and south (tr = ch, s = x, d = gi = v = r, n = l, final n = ng = nh, t = c = ch): a test holds them so.
"""

import re

from maiam.core.text import fold

_LIST = (
    "gà vịt mèo trâu bò dê ngựa voi hổ cá tôm cua ếch rùa ong kiến bướm chim thỏ nhím "
    "lúa ngô khoai sắn đậu lạc hành tỏi gừng cam quýt chanh bưởi chuối xoài mít nhãn ổi nho hoa "
    "cỏ tre thông sen cúc mai bông núi sông suối biển rừng vườn mưa nắng gió sao sương tuyết chiều "
    "hè thu nhà bàn ghế tủ đèn gương gối nồi bát thìa ấm khay chổi thang bếp áo quần nón "
    "giày khăn kim nút túi mũ xe thuyền cầu chợ trường sách bút đàn diều gạo muối mật trà phở"
)
WORDS = tuple(_LIST.split())
_PLACES = {fold(word): place for place, word in enumerate(WORDS)}


def in_words(code: str) -> str:
    """Write `0102…` as `vịt mèo …`."""
    return " ".join(WORDS[int(code[start : start + 2])] for start in range(0, len(code), 2))


def from_words(typed: str) -> str:
    """Read the words of a code, marked or not, back into its digits; empty where one is none of ours."""
    words = re.findall("[a-z]+", fold(typed))
    return "".join(f"{_PLACES[word]:02}" for word in words) if _PLACES.keys() >= set(words) else ""
