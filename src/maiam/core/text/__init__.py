"""The one reader and the one writer of what people type: text, names, dates, numbers, phones, identity numbers."""

from maiam.core.text.clean import UnreadableTextError, clean, clean_lines, half_width, looks_garbled
from maiam.core.text.dates import (
    VIETNAM,
    DateNotReadError,
    PartialDate,
    Precision,
    read_date,
    read_exact_date,
    weekday,
    write_date,
    write_date_in_words,
    write_datetime,
    write_duration,
    write_time,
)
from maiam.core.text.identity_numbers import (
    IdentityKind,
    IdentityNumber,
    IdentityNumberNotReadError,
    SexDigit,
    birth_year,
    disagreements,
    read_identity_number,
    sex_and_century,
)
from maiam.core.text.names import fold, fold_name, initials, is_doubtful, is_no_name, sort_key
from maiam.core.text.numbers import (
    NumberNotReadError,
    read_number,
    read_whole_number,
    write_number,
    write_percent,
)
from maiam.core.text.phones import PhoneNotReadError, read_phone, read_phones, write_phone
from maiam.core.text.refusals import NotReadError
from maiam.core.text.times import TimeNotReadError, read_time

__all__ = [
    "VIETNAM",
    "DateNotReadError",
    "IdentityKind",
    "IdentityNumber",
    "IdentityNumberNotReadError",
    "NotReadError",
    "NumberNotReadError",
    "PartialDate",
    "PhoneNotReadError",
    "Precision",
    "SexDigit",
    "TimeNotReadError",
    "UnreadableTextError",
    "birth_year",
    "clean",
    "clean_lines",
    "disagreements",
    "fold",
    "fold_name",
    "half_width",
    "initials",
    "is_doubtful",
    "is_no_name",
    "looks_garbled",
    "read_date",
    "read_exact_date",
    "read_identity_number",
    "read_number",
    "read_phone",
    "read_phones",
    "read_time",
    "read_whole_number",
    "sex_and_century",
    "sort_key",
    "weekday",
    "write_date",
    "write_date_in_words",
    "write_datetime",
    "write_duration",
    "write_number",
    "write_percent",
    "write_phone",
    "write_time",
]
