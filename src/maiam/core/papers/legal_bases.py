"""Legal bases as papers cite them: full the first time, short afterwards (Annex I, II.6.a-b).

Dates were read in published texts, but for two: docs/law/papers.md says which to check.
"""

from typing import Final

from maiam.core.law.no_contact import ContactReason, Requester

LOCAL_GOVERNMENT: Final = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
LAW: Final = "Căn cứ Luật Phòng, chống bạo lực gia đình ngày 14 tháng 11 năm 2022"
DECREE_76: Final = (
    "Căn cứ Nghị định số 76/2023/NĐ-CP ngày 01 tháng 11 năm 2023 của Chính phủ"
    " quy định chi tiết một số điều của Luật Phòng, chống bạo lực gia đình"
)
LAW_CHILDREN: Final = "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016"
CIRCULAR_66: Final = (
    "Căn cứ Thông tư số 66/2025/TT-BCA của Bộ trưởng Bộ Công an quy định công tác giám sát việc thực hiện"
    " quyết định cấm tiếp xúc theo quy định của Luật Phòng, chống bạo lực gia đình"
)

LAW_SHORT: Final = "Luật Phòng, chống bạo lực gia đình"
DECREE_76_SHORT: Final = "Nghị định số 76/2023/NĐ-CP"
CIRCULAR_66_SHORT: Final = "Thông tư số 66/2025/TT-BCA"

# The decree's and the law's own words, which a paper keeps where a screen may shorten them.
PERMITTED_CONTACTS: Final = {  # Decree 76 Art. 18(1)
    ContactReason.WEDDING_FUNERAL: "Gia đình có việc cưới, việc tang",
    ContactReason.ACCIDENT_ILLNESS: "Gia đình có người bị tai nạn, bị bệnh nặng cần chăm sóc",
    ContactReason.DISASTER: "Tham gia khắc phục hậu quả thiên tai, hỏa hoạn, dịch bệnh",
}
REQUESTERS: Final = {  # Law Art. 25(1)(a)
    Requester.VICTIM: "Người bị bạo lực gia đình",
    Requester.GUARDIAN: "Người giám hộ hoặc người đại diện theo pháp luật của người bị bạo lực gia đình",
    Requester.COMPETENT_BODY: "Cơ quan, tổ chức, cá nhân có thẩm quyền",
}
