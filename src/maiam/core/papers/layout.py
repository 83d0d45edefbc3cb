"""The measures of an official document: Annex I of Decree 30/2020/NĐ-CP, Part I."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One choice inside each range that Annex I allows; a province may make another.

    The ranges were read in a public copy of Annex I, not in the official gazette (docs/law/papers.md).
    """

    page_width_mm: float = 210
    page_height_mm: float = 297
    margin_top_mm: float = 20  # 20-25
    margin_bottom_mm: float = 20  # 20-25
    margin_left_mm: float = 30  # 30-35
    margin_right_mm: float = 15  # 15-20
    issuer_column_mm: float = 68  # ours: the rest of the line holds the national title
    first_line_mm: float = 12.7  # 10 or 12.7
    paragraph_gap_pt: float = 6  # at least 6
    line_spacing: float = 1.05  # 1 to 1.5
    signature_gap_mm: float = 24  # ours: room for a signature and a round seal

    national_title_pt: float = 13  # 12-13, bold capitals
    motto_pt: float = 14  # 13-14, bold; one point more than the title
    issuer_pt: float = 13  # 12-13, capitals; the issuing body bold, the body above it not
    number_pt: float = 13  # 13
    place_and_date_pt: float = 14  # 13-14, italic
    type_name_pt: float = 14  # 13-14, bold capitals
    abstract_pt: float = 14  # 13-14, bold
    body_pt: float = 14  # 13-14
    signer_pt: float = 14  # 13-14, bold
    recipients_title_pt: float = 12  # 12, bold italic
    recipients_pt: float = 11  # 11
    stamp_pt: float = 13  # 13-14, bold capitals in a box
    page_number_pt: float = 14  # 13-14, upright, from the second page on

    @property
    def text_width_mm(self) -> float:
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm


DECREE_30 = Layout()
