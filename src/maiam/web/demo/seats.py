"""The posts of the demonstration: one seat of each role, in one commune, in its neighbour, and at the province."""

from dataclasses import dataclass

from maiam.platform.access import Role


@dataclass(frozen=True)
class Seat:
    """One account to sign in with, and the post it holds."""

    username: str
    full_name: str
    role: Role
    title: str
    organisation: str
    kind: str
    what_for: str


COMMUNE_SEATS = (
    Seat("lan", "Nguyễn Thị Lan", Role.CULTURE_OFFICER, "Công chức văn hóa - xã hội", "Phòng Văn hóa - Xã hội", "commune_pc",
         "Nhận, phân loại tin báo; mở vụ việc; giữ sổ hộ gia đình"),
    Seat("hoa", "H'Hoa Niê", Role.COMMUNE_CHAIRMAN, "Chủ tịch UBND xã", "Ủy ban nhân dân", "commune_pc",
         "Quyết định cấm tiếp xúc trong thời hạn luật định"),
    Seat("dung", "Trần Văn Dũng", Role.COMMUNE_POLICE, "Trưởng Công an xã", "Công an", "commune_police",
         "Phân công giám sát quyết định cấm tiếp xúc"),
    Seat("thao", "Lê Thị Thảo", Role.HEALTH_STATION, "Trưởng trạm y tế", "Trạm y tế", "health_station",
         "Báo tin khi người bệnh có dấu hiệu bị bạo lực"),
    Seat("yen", "Phạm Thị Yến", Role.WOMEN_UNION, "Chủ tịch Hội LHPN xã", "Hội Liên hiệp Phụ nữ", "women_union",
         "Nhận tin báo của hội viên"),
    Seat("hung", "Phạm Văn Hùng", Role.TEAM_LEADER, "Đội trưởng", "Đội phản ứng nhanh", "team", "Đến nơi, tách hai bên, đưa đi nơi an toàn"),
    Seat("nam", "Đặng Văn Nam", Role.TEAM_MEMBER, "Thành viên", "Đội phản ứng nhanh", "team", "Đi cùng đội trưởng"),
    Seat("mai-h", "Võ Thị Mai", Role.TRUSTED_HOST, "Chủ địa chỉ tin cậy", "Địa chỉ tin cậy", "trusted_address", "Đón người cần lánh tạm"),
)  # fmt: skip
VILLAGE_SEAT = Seat(
    "rang", "Điểu K'Rang", Role.VILLAGE_HEAD, "Trưởng bon", "Bon", "village", "Báo tin trong một phút, trên điện thoại"
)
NEIGHBOUR_SEATS = (
    Seat("binh", "Lê Văn Bình", Role.CULTURE_OFFICER, "Công chức văn hóa - xã hội", "Phòng Văn hóa - Xã hội", "commune_pc",
         "Cán bộ xã khác: không thấy gì của xã này"),
)  # fmt: skip
PROVINCE_SEATS = (
    Seat("nga", "Hoàng Thị Nga", Role.HOTLINE_OPERATOR, "Trực tổng đài", "Tổng đài tỉnh", "hotline", "Nghe máy và ghi tin cùng lúc"),
    Seat("mai", "Đặng Thị Mai", Role.PROVINCE_ANALYST, "Chuyên viên Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "department", "Xem bản đồ, số liệu; không thấy tên ai"),
    Seat("hanh", "Vũ Thị Hạnh", Role.PROVINCE_LEADER, "Phó Chủ tịch UBND tỉnh", "UBND tỉnh", "province_pc", "Xem đồng hồ đỏ của cả tỉnh"),
    Seat("tam", "Đỗ Thị Tâm", Role.TRAINER, "Cán bộ tập huấn", "Sở Văn hóa, Thể thao và Du lịch", "department", "Tập huấn và truyền thông"),
    Seat("tin", "Ngô Văn Tín", Role.INSPECTOR, "Thanh tra viên", "Thanh tra tỉnh", "inspectorate", "Xem nhật ký: ai đọc, ai sửa"),
    Seat("quan", "Bùi Văn Quân", Role.ADMINISTRATOR, "Quản trị hệ thống", "Sở Khoa học và Công nghệ", "department", "Quản lý người dùng; không xem được vụ việc"),
)  # fmt: skip
