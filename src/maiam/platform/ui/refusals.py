"""What an error page says, by HTTP status: what happened, and what to do now. Never a reproach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    title: str
    advice: str


_REFUSALS = {
    400: Refusal("Không đọc được yêu cầu", "Hãy quay lại trang trước, tải lại trang rồi làm lại."),
    403: Refusal(
        "Bạn không mở được mục này",
        "Mục này cần một quyền mà vị trí của bạn chưa có. Nếu công việc của bạn cần đến, hãy báo người quản trị.",
    ),
    404: Refusal("Không có trang này", "Địa chỉ có thể đã gõ sai, hoặc mục này không thuộc địa bàn của bạn."),
    405: Refusal("Không mở được trang theo cách này", "Hãy quay lại trang trước và dùng nút có trên trang."),
    409: Refusal("Việc này chưa làm được", "Chưa có gì thay đổi. Hãy quay lại, xem lý do ở trên rồi làm lại."),
    413: Refusal("Tệp gửi lên quá lớn", "Hãy quay lại, chọn tệp nhỏ hơn. Bạn cũng có thể gửi mà không kèm tệp."),
    429: Refusal("Bạn thử quá nhiều lần", "Hãy đợi vài phút rồi thử lại. Những gì đã gửi vẫn được giữ."),
    500: Refusal("Hệ thống gặp lỗi", "Lỗi này không phải do bạn. Hãy thử lại sau ít phút. Cần gấp, hãy gọi điện."),
    503: Refusal("Hệ thống đang tạm nghỉ", "Hãy thử lại sau ít phút. Cần gấp, hãy gọi điện."),
}


def refusal(status: int) -> Refusal:
    """Return the words for a status; an unknown one speaks like its family (4xx, 5xx)."""
    return _REFUSALS.get(status) or _REFUSALS[500 if status >= 500 else 400]
