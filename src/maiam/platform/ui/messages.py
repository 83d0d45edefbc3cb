"""What a field says when it is refused: the field's own name, and what to do. Django's own words never show."""

from typing import Any

from django import forms

# Their words are filled in by Django with %(limit_value)d and the like, so a % in the label must be doubled.
_COUNTED = {
    "max_length": "“{label}” dài quá %(limit_value)d chữ (đang có %(show_value)d). Hãy rút ngắn.",
    "min_length": "“{label}” cần ít nhất %(limit_value)d chữ (đang có %(show_value)d).",
    "max_value": "“{label}” không quá %(limit_value)s.",
    "min_value": "“{label}” không nhỏ hơn %(limit_value)s.",
    "invalid_choice": "Không có lựa chọn này ở “{label}”. Hãy chọn lại trong danh sách.",
}
_PLAIN = {
    "invalid": "Chưa đọc được “{label}”. Hãy xem lại.",
    "invalid_list": "Hãy chọn lại “{label}” trong danh sách.",
    "missing": "Chưa nhận được tệp ở “{label}”. Hãy chọn lại tệp.",
    "empty": "Tệp ở “{label}” không có nội dung. Hãy chọn tệp khác.",
    "invalid_image": "Tệp ở “{label}” không phải là ảnh đọc được. Hãy chọn ảnh JPG hoặc PNG.",
    "contradiction": "Ở “{label}”: hãy chọn tệp hoặc bỏ tệp, không làm cả hai.",
    "null_characters_not_allowed": "“{label}” có ký tự không đọc được. Hãy gõ lại.",
}


def speak_vietnamese(field: forms.Field, label: str) -> None:
    """Give a field our words wherever it was not given words of its own."""
    words = {code: text.format(label=label.replace("%", "%%")) for code, text in _COUNTED.items()}
    words |= {code: text.format(label=label) for code, text in _PLAIN.items()}
    words["required"] = _required(field, label)
    if isinstance(field, forms.FileField):
        del words["max_length"]  # counts the letters of a file's name, with words of its own
    defaults = _defaults_of(field)
    for code, text in words.items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = text


def _required(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return f"Hãy trả lời câu “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Hãy đánh dấu “{label}”."
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return f"Hãy chọn “{label}”."
    return f"Hãy điền “{label}”."


def _defaults_of(field: forms.Field) -> dict[str, Any]:
    """Django's own words for this kind of field, nearest class last."""
    words: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        words |= getattr(kind, "default_error_messages", {})
    return words
