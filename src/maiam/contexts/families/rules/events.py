"""What can happen to a household and its people, and who takes part as what."""

from enum import StrEnum


class EventKind(StrEnum):
    BIRTH = "birth"
    DEATH = "death"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    HOUSEHOLD_MOVED = "household_moved"
    SPLIT = "split"
    MERGE = "merge"
    DISSOLVE = "dissolve"
    HEAD_CHANGE = "head_change"
    STAY_CHANGE = "stay_change"
    CORRECTION = "correction"
    REVOCATION = "revocation"


EVENT_LABELS = {
    EventKind.BIRTH: "Sinh",
    EventKind.DEATH: "Mất",
    EventKind.MARRIAGE: "Kết hôn",
    EventKind.DIVORCE: "Ly hôn",
    EventKind.MOVE_IN: "Chuyển đến",
    EventKind.MOVE_OUT: "Chuyển đi",
    EventKind.HOUSEHOLD_MOVED: "Hộ đổi chỗ ở",
    EventKind.SPLIT: "Tách hộ",
    EventKind.MERGE: "Nhập hộ",
    EventKind.DISSOLVE: "Xóa hộ",
    EventKind.HEAD_CHANGE: "Đổi chủ hộ",
    EventKind.STAY_CHANGE: "Đổi vai trong hộ, cư trú",
    EventKind.CORRECTION: "Sửa lần ở đã ghi sai",
    EventKind.REVOCATION: "Rút lại việc đã ghi nhầm",
}


class Part(StrEnum):
    """A person's part in an event."""

    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    DECEASED = "deceased"
    SPOUSE = "spouse"
    MOVER = "mover"
    NEW_HEAD = "new_head"
    OLD_HEAD = "old_head"
    MEMBER = "member"
    KIN = "kin"


PART_LABELS = {
    Part.CHILD: "con",
    Part.MOTHER: "mẹ",
    Part.FATHER: "cha",
    Part.DECEASED: "người mất",
    Part.SPOUSE: "vợ, chồng",
    Part.MOVER: "người chuyển",
    Part.NEW_HEAD: "chủ hộ mới",
    Part.OLD_HEAD: "chủ hộ cũ",
    Part.MEMBER: "người trong hộ",
    Part.KIN: "người thân",
}
