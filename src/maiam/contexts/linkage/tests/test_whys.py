"""What the page of a likely double says, in words."""

from maiam.contexts.linkage.rules import whys


def test_what_two_share_is_never_told_as_a_sign_of_two_people():
    told = [
        {"says": "cùng giới tính", "bits": -1.5},
        {"says": "cùng năm sinh, khác ngày tháng", "bits": -6.5},
        {"says": "cùng số điện thoại", "bits": 0.3},
        {"says": "tên giống hệt nhau", "bits": 1.5},
    ]

    assert [(why.says, why.is_for) for why in whys(told)] == [
        ("cùng năm sinh, khác ngày tháng", False),
        ("tên giống hệt nhau", True),
    ]
