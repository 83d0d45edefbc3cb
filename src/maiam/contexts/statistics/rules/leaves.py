"""From what the register counts to the finest categories of a table. A change here is a new version of a definition."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from maiam.contexts.families.rules import MemberRole
from maiam.core.text import fold

UNKNOWN = "unknown"
# Of a question: not asked of this household or person, or answered in no way this table knows.
NOT_ASKED = "not_asked"
# Of a question of the province: before the name of a choice, which may be any word.
ANSWER = "answer-"
Edges = tuple[int, ...]

# The bits of `families_count_households`, in its order.
_BIT = {
    role: 1 << place
    for place, role in enumerate(
        (
            MemberRole.HEAD,
            MemberRole.SPOUSE,
            MemberRole.CHILD,
            MemberRole.PARENT,
            MemberRole.SIBLING,
            MemberRole.GRANDCHILD,
            MemberRole.GRANDPARENT,
            MemberRole.CHILD_IN_LAW,
            MemberRole.OTHER,
        )
    )
}
_GENERATIONS = (
    (MemberRole.GRANDPARENT,),
    (MemberRole.PARENT,),
    (MemberRole.HEAD, MemberRole.SPOUSE, MemberRole.SIBLING),
    (MemberRole.CHILD, MemberRole.CHILD_IN_LAW),
    (MemberRole.GRANDCHILD,),
)
_R = MemberRole
_MOTHER, _FATHER = 1, 2
TYPES = (
    "couple_children",
    "mother_children",
    "father_children",
    "three_generations",
    "couple",
    "single",
    "other_one",
    "other_two",
    "other_unclear",
)
PEOPLES = {
    "kinh": "kinh",
    "viet": "kinh",
    "m nong": "mnong",
    "mnong": "mnong",
    "e de": "ede",
    "ede": "ede",
    "ma": "ma",
    "co ho": "coho",
    "k ho": "coho",
    "kho": "coho",
    "mong": "mong",
    "h mong": "mong",
    "hmong": "mong",
    "tay": "tay",
    "nung": "nung",
    "thai": "thai",
    "dao": "dao",
    "cham": "cham",
    "hoa": "hoa",
}


def household_type(key: str, edges: Edges = ()) -> str:
    """The type of a household, from its members' roles, its head's sex and, if they live there, the head's parents."""
    del edges
    bits, parents, parent_count, head_sex = key.split()
    roles = {role for role, bit in _BIT.items() if int(bits) & bit}
    generations = sum(any(role in roles for role in generation) for generation in _GENERATIONS)
    if generations >= 3:
        return "three_generations"
    if _R.OTHER in roles or _R.HEAD not in roles:
        return "other_unclear"
    if roles == {_R.HEAD}:
        return "single"
    if generations == 1:
        return "couple" if roles == {_R.HEAD, _R.SPOUSE} else "other_one"
    return _two_generations(roles, head_sex, int(parents), int(parent_count))


def _two_generations(roles: set[MemberRole], head_sex: str, parents: int, parent_count: int) -> str:
    if roles == {_R.HEAD, _R.SPOUSE, _R.CHILD}:
        return "couple_children"
    if roles == {_R.HEAD, _R.CHILD}:
        return {"female": "mother_children", "male": "father_children"}.get(head_sex, "other_two")
    if _R.PARENT in roles and roles <= {_R.HEAD, _R.PARENT, _R.SIBLING}:
        # The grown child is the head: seen from the parents it is the same household.
        by_parents = {(_MOTHER, 1): "mother_children", (_FATHER, 1): "father_children"}
        by_parents[_MOTHER | _FATHER, 2] = "couple_children"
        return by_parents.get((parents, parent_count), "other_two")
    return "other_two"


def band(key: str, edges: Edges) -> str:
    """The lower edge of the band a number falls into."""
    place = bisect_right(edges, int(key)) - 1 if key else -1
    return str(edges[place]) if place >= 0 else UNKNOWN


def sex_and_band(key: str, edges: Edges) -> str:
    """`female:30`; who has no sex or age on record is `unknown` there."""
    sex, _, age = key.partition(" ")
    return f"{sex if sex in {'female', 'male'} else UNKNOWN}:{band(age, edges)}"


def people(key: str, edges: Edges = ()) -> str:
    """A people of Vietnam as registers spell it."""
    del edges
    spelled = " ".join("".join(letter if letter.isalnum() else " " for letter in fold(key)).split())
    return PEOPLES.get(spelled, "others") if spelled else UNKNOWN


def chosen(key: str, edges: Edges = ()) -> str:
    """`answer-yes`, or `answer-a answer-b` where several were chosen: the key is a choice or a kept list."""
    del edges
    names = key[2:-2].split('", "') if key.startswith('["') else [key]
    return " ".join(f"{ANSWER}{name}" for name in sorted(set(names)))


def holding(answer: str) -> tuple[str, ...]:
    """The patterns of every leaf in which this answer was given, alone or with others."""
    return answer, f"{answer} *", f"* {answer}", f"* {answer} *"


def plain(key: str, edges: Edges = ()) -> str:
    del edges
    return key


LEAVES: Mapping[str, Callable[[str, Edges], str]] = {
    "household_type": household_type,
    "band": band,
    "sex_and_band": sex_and_band,
    "people": people,
    "plain": plain,
    "chosen": chosen,
    "month": plain,
}


def leaves_of(kind: str, *, edges: Edges, codes: Sequence[str]) -> tuple[str, ...]:
    """Every category that may come out, in the order of the table."""
    if kind == "household_type":
        return TYPES
    if kind == "band":
        return (*(str(edge) for edge in edges), *(code for code in codes if code in {UNKNOWN, NOT_ASKED}))
    if kind == "sex_and_band":
        bands = (*(str(edge) for edge in edges), UNKNOWN)
        return tuple(f"{sex}:{age}" for sex in ("female", "male", UNKNOWN) for age in bands)
    return tuple(codes)
