"""A draft written down whole, to wait for the database; and read again as it was."""

import base64
import json
from dataclasses import asdict
from datetime import datetime

from maiam.contexts.reports.rules.draft import Happening, InDanger, Kind, Mode, ReportDraft, Reporter, Sign, Told


def written(draft: ReportDraft) -> str:
    values = asdict(draft)
    values["told"]["at"] = draft.told.at and draft.told.at.isoformat()
    values["pictures"] = [base64.b64encode(picture).decode() for picture in draft.pictures]
    return json.dumps(values, default=str)


def read(text: str) -> ReportDraft:
    values = json.loads(text)
    told = values["told"]
    return ReportDraft(
        **values
        | {
            "kinds": tuple(map(Kind, values["kinds"])),
            "signs": tuple(map(Sign, values["signs"])),
            "happening": Happening(values["happening"]),
            "in_danger": tuple(map(InDanger, values["in_danger"])),
            "mode": Mode(values["mode"]),
            "reporter": Reporter.of(values["reporter"]),
            "told": Told(datetime.fromisoformat(told["at"]) if told["at"] else None, told["reason"]),
            "pictures": tuple(base64.b64decode(picture) for picture in values["pictures"]),
        }
    )
