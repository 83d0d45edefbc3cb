import pytest

from maiam.core.law.citations import in_vietnamese


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("Law Art. 20(3)", "khoản 3 Điều 20 Luật 13/2022/QH15"),
        ("Law Art. 32(1)(a)", "điểm a khoản 1 Điều 32 Luật 13/2022/QH15"),
        ("Law Arts 22(1)(đ), 29", "điểm đ khoản 1 Điều 22, Điều 29 Luật 13/2022/QH15"),
        ("Law 13/2022/QH15 Arts 19-20", "Điều 19–20 Luật 13/2022/QH15"),
        ("Law 02/2007 Art. 35(5)", "khoản 5 Điều 35 Luật 02/2007/QH12"),
        ("Decree 76 Art. 18(2)", "khoản 2 Điều 18 Nghị định 76/2023/NĐ-CP"),
        ("Decree 110/2025 Art. 10(2)", "khoản 2 Điều 10 Nghị định 110/2025/NĐ-CP"),
        ("Circular 66/2025/TT-BCA", "Thông tư 66/2025/TT-BCA"),
        ("Circular 23/2011/TT-BVHTTDL (30 Dec 2011)", "Thông tư 23/2011/TT-BVHTTDL"),
        ("Joint Circular 143/2011 Art. 5(8)", "khoản 8 Điều 5 Thông tư liên tịch 143/2011"),
        ("Law on Children/Decree 56/2017", "Luật Trẻ em; Nghị định 56/2017/NĐ-CP"),
        (
            "Circular 02/2010 Art. 14 as amended by Circular 23/2014",
            "Điều 14 Thông tư 02/2010, sửa đổi bởi Thông tư 23/2014",
        ),
        ("something else", "something else"),
    ],
)
def test_articles_are_cited_as_vietnamese_papers_do(listed, written):
    assert in_vietnamese(listed) == written
