"""Articles as the lists cite them, in the words of an official paper: `Law Art. 25(2)` to `khoản 2 Điều 25 Luật …`."""

import re

_DOCUMENTS = (
    (r"Law on Grassroots Mediation", "Luật Hòa giải ở cơ sở"),
    (r"Law on Children", "Luật Trẻ em"),
    (r"Law 13/2022(?:/QH15)?", "Luật 13/2022/QH15"),
    (r"Law 02/2007", "Luật 02/2007/QH12"),
    (r"Law 91(?:/2025)?", "Luật 91/2025/QH15"),
    (r"Law", "Luật 13/2022/QH15"),
    (r"Decree 76(?:/2023)?", "Nghị định 76/2023/NĐ-CP"),
    (r"Decree (\d+/\d{4})", r"Nghị định \1/NĐ-CP"),
    (r"Joint Circular (\d+/\d{4})", r"Thông tư liên tịch \1"),
    (r"Circular (\d+/\d{4}(?:/[A-ZĐ-]+)?)", r"Thông tư \1"),
    (r"Directive (\S+)", r"Chỉ thị \1"),
    (r"Plan (\S+)", r"Kế hoạch \1"),
    (r"House rule", "Quy định của tỉnh"),
)
_CITATION = re.compile(
    rf"(?P<document>{'|'.join(re.sub('[(](?![?])', '(?:', words) for words, _ in _DOCUMENTS)})"
    r"(?: Arts? ?\.? (?P<articles>[0-9][^;:/]*?))?"
    r"(?P<rest>(?: as amended by .*| forms .*| \([0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}\))?)"
)
_ARTICLE = re.compile(r"(?P<number>[0-9]+(?:-[0-9]+)?)(?P<parts>(?:\([0-9a-zđ]+\))*)")
_PART = re.compile(r"\(([0-9a-zđ]+)\)")
_BETWEEN_CITATIONS = re.compile(r"\s*;\s*|(?<=Children)/(?=Decree)")


def in_vietnamese(legal: str) -> str:
    """Write a citation of the lists the way a Vietnamese paper does."""
    return "; ".join(_one(citation.strip()) for citation in _BETWEEN_CITATIONS.split(legal))


def _one(citation: str) -> str:
    plain = citation.partition(": ")[0]
    found = _CITATION.fullmatch(plain)
    if found is None:
        return citation
    document = _document(found["document"])
    words = f"{_articles(found['articles'])} {document}" if found["articles"] else document
    amended = re.fullmatch(r" as amended by (.*)", found["rest"])
    return f"{words}, sửa đổi bởi {_one(amended[1])}" if amended else words


def _document(words: str) -> str:
    for pattern, written in _DOCUMENTS:
        if re.fullmatch(pattern, words):
            return re.sub(pattern, written, words)
    return words


def _articles(listed: str) -> str:
    articles = [_article(found) for found in _ARTICLE.finditer(listed)]
    return ", ".join(articles)


def _article(found: re.Match[str]) -> str:
    parts = _PART.findall(found["parts"])
    clause = next((part for part in parts if part.isdecimal()), None)
    point = next((part for part in parts if not part.isdecimal()), None)
    words = [f"điểm {point}"] if point else []
    words += [f"khoản {clause}"] if clause else []
    return " ".join([*words, f"Điều {found['number'].replace('-', '–')}"])
