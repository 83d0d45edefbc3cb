"""A run done again from what it had looked at, to the last digit."""

from collections.abc import Mapping

from maiam.contexts.hotspots.rules.alerts import findings_of
from maiam.contexts.hotspots.rules.detect import DETECTORS, Plain, Stage
from maiam.contexts.hotspots.rules.snapshot import Snapshot


def differences(shot: Snapshot, stored: Mapping[Stage, Plain], fingerprint: str) -> list[str]:
    """The stages whose answer is not what was stored; `read` where the rows are not those of the fingerprint."""
    # A run of before a detector was added has no answer of it, and is done again without.
    again: dict[Stage, Plain] = {stage: detect(shot) for stage, detect in DETECTORS.items() if stage in stored}
    differing = [str(stage) for stage, answer in again.items() if answer != stored[stage]]
    if [one.as_plain() for one in findings_of(shot, again)] != stored[Stage.ALERTS]["found"]:
        differing.append(str(Stage.ALERTS))
    return [*([str(Stage.READ)] if shot.fingerprint != fingerprint else []), *differing]
