"""Forms that read what Vietnamese people type, keep it as typed, and say what to do when it cannot be read.

Every date, number and phone passes the one reader in `core.text`; Django's localized input is never used.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from maiam.core import text
from maiam.platform.errors import DomainError
from maiam.platform.ui.messages import speak_vietnamese

# Browsers would cut a pasted text there without a word; the form counts and says so instead.
_SILENT_LIMITS = ("maxlength", "minlength")


class TidyBoundField(BoundField):
    """A field of a form whose text is brought to its stored form before any rule looks at it."""

    @property
    def data(self) -> Any:
        typed = super().data
        if not isinstance(self.field, forms.CharField) or not isinstance(typed, str):
            return typed
        if isinstance(self.field.widget, forms.PasswordInput):
            return typed
        try:
            return _tidy(self.field)(typed)
        except text.UnreadableTextError:
            return typed.encode(errors="replace").decode()


class VietnameseForm(forms.Form):
    """The base of every form: clean text, our words for every refusal, all errors at once."""

    use_required_attribute = False
    bound_field_class = TidyBoundField
    # Where nothing has to be filled in, saying so of every box tells nobody anything.
    hides_optional_marks = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_vietnamese(field, str(field.label or name))
            for limit in _SILENT_LIMITS:
                field.widget.attrs.pop(limit, None)
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.setdefault("autocomplete", "off")

    def refuse(self, refusal: DomainError) -> None:
        """Show a rule's refusal by the field it belongs to, or on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class FilteringForm(VietnameseForm):
    """What narrows a list: all of it may stay empty, and no box says so."""

    hides_optional_marks = True


class TracelessForm(VietnameseForm):
    """For public pages on a phone that others hold: the browser is asked to remember and send out nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs |= {"spellcheck": "false", "autocorrect": "off"}


class VietnameseDateField(forms.Field):
    """One box for a date. Gives a `PartialDate`, or with `exact` a `date`."""

    widget = forms.TextInput
    width = 12

    def __init__(self, *, exact: bool = False, allow_future: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exact = exact
        self.allow_future = allow_future

    def to_python(self, value: Any) -> text.PartialDate | date | None:
        if _is_blank(value):
            return None
        read = text.read_exact_date if self.exact else text.read_date
        with _told_by_the_field():
            return read(str(value), today=timezone.localdate(), allow_future=self.allow_future)

    def prepare_value(self, value: Any) -> Any:
        return text.write_date(value) if isinstance(value, date | text.PartialDate) else value


class VietnameseNumberField(forms.Field):
    """A number as Vietnamese people write it: `1.500`, or with `whole=False` also `1.500,25`."""

    widget = forms.TextInput
    width = 10

    def __init__(self, *, whole: bool = True, minimum: int = 0, maximum: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.whole = whole
        self.span = {"minimum": minimum} if maximum is None else {"minimum": minimum, "maximum": maximum}
        self.widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")

    def to_python(self, value: Any) -> int | Decimal | None:
        if _is_blank(value):
            return None
        read = text.read_whole_number if self.whole else text.read_number
        with _told_by_the_field():
            return read(str(value), **self.span)

    def prepare_value(self, value: Any) -> Any:
        return text.write_number(value) if isinstance(value, int | Decimal) else value


class PhoneField(forms.Field):
    """One person's phone number, given as `+84…`."""

    widget = forms.TextInput
    width = 16

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "tel")

    def to_python(self, value: Any) -> str:
        if _is_blank(value):
            return ""
        with _told_by_the_field():
            return text.read_phone(str(value))

    def prepare_value(self, value: Any) -> Any:
        return text.write_phone(value) if isinstance(value, str) and value.startswith("+84") else value


class ClockField(forms.Field):
    """A time of day as people write it: `14:05`, `14h`, `2 giờ chiều`."""

    widget = forms.TextInput
    width = 8

    def to_python(self, value: Any) -> time | None:
        if _is_blank(value):
            return None
        with _told_by_the_field():
            return text.read_time(str(value))

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class MomentWidget(forms.MultiWidget):
    """Two boxes, posted as `NAME_date` and `NAME_time`."""

    template_name = "ui/fields/moment_widget.html"
    labels = ("Ngày", "Giờ")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {"date": forms.TextInput(), "time": forms.TextInput()}
        super().__init__(boxes, {"autocomplete": "off"} | (attrs or {}))

    def decompress(self, value: datetime | None) -> list[str | None]:
        return [text.write_date(value), text.write_time(value)] if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["label"] = label
        return context


class MomentField(forms.Field):
    """A day and a time on the clocks of Vietnam, given as one aware moment."""

    widget = MomentWidget

    def __init__(self, *, allow_future: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_future = allow_future

    def to_python(self, value: Sequence[str | None] | None) -> datetime | None:
        day_typed, time_typed = (str(part or "") for part in value or ("", ""))
        if _is_blank(day_typed + time_typed):
            return None
        with _told_by_the_field():
            day = text.read_exact_date(day_typed, today=timezone.localdate(), allow_future=self.allow_future)
            moment = datetime.combine(day, text.read_time(time_typed), tzinfo=text.VIETNAM)
        self._check_past(moment)
        return moment

    def _check_past(self, moment: datetime) -> None:
        now = timezone.now()
        if not self.allow_future and moment > now:
            raise ValidationError(f"Giờ này chưa tới. Bây giờ là {text.write_datetime(now)}.", code="future")


def _tidy(field: forms.Field) -> Callable[[str], str]:
    return text.clean_lines if isinstance(field.widget, forms.Textarea) else text.clean


def _is_blank(typed: Any) -> bool:
    return typed is None or not text.clean(str(typed))


@contextmanager
def _told_by_the_field() -> Iterator[None]:
    """Show a reader's refusal where the value was typed."""
    try:
        yield
    except text.NotReadError as refusal:
        raise ValidationError(refusal.message, code="not_read") from refusal
