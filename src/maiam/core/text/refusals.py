"""What a reader says when typed words cannot be read: what was read, and what to do."""

_LONGEST_ECHO = 40


class NotReadError(ValueError):
    """A typed value could not be read. `message` is shown by the field as it stands."""

    thing = "nội dung"

    def __init__(self, typed: str, advice: str) -> None:
        self.typed = typed
        self.advice = advice
        self.message = f"Chưa đọc được {self.thing} “{_shortened(typed)}”. {advice}" if typed else advice
        super().__init__(self.message)


def _shortened(typed: str) -> str:
    return typed if len(typed) <= _LONGEST_ECHO else f"{typed[:_LONGEST_ECHO]}…"
