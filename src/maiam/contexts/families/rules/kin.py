"""How kinship follows from birth and marriage, and what a divorce leaves of it (codes of relations.yaml)."""

from maiam.contexts.families.rules.people import Sex
from maiam.core.law import codes

SPOUSES = frozenset({"husband", "wife"})
# Nobody is among their own ancestors by these.
PARENTS = frozenset({"birth_parent", "adoptive_parent"})

# Told beside a member's name in the household.
NEAREST_KIN = SPOUSES | PARENTS | {"ex_spouse", "cohabitant", "step_parent"}

# What a parent's relative is to the newborn, by what they are to the parent.
GAINED_BY_BIRTH = {
    "birth_parent": "grandparent",
    "adoptive_parent": "grandparent",
    "birth_child": "sibling",
    "adopted_child": "sibling",
    "sibling": "aunt_uncle",
}
# What a spouse's relative is to the one who marries, by what they are to the spouse.
GAINED_BY_MARRIAGE = {
    "birth_parent": "parent_in_law",
    "adoptive_parent": "parent_in_law",
    "birth_child": "step_child",
    "adopted_child": "step_child",
    "sibling": "sibling_in_law",
}
# What becomes "relative of a divorced spouse": Law 13/2022 Art. 3(2), Decree 76/2023 Art. 4.
ENDED_BY_DIVORCE = frozenset(GAINED_BY_MARRIAGE.values())

# What life ends, besides death and divorce, and what it leaves (Decree 76/2023 Art. 5); nothing, where it is empty.
ENDED_BY_LIFE = {
    "adoptive_parent": "former_adoptive",
    "adopted_child": "former_adoptive",
    "step_parent": "",
    "step_child": "",
    "cohabitant": "",
    "cohabitant_relative": "",
    "guardian": "",
    "ward": "",
    "other": "",
}

# Between whom no marriage is recorded: Law on Marriage and Family 2014 Art. 5(2)(d). A widow may marry her late
# husband's brother, as the custom of some peoples has it.
TOO_CLOSE = frozenset(
    {"birth_parent", "adoptive_parent", "step_parent", "parent_in_law", "grandparent", "aunt_uncle", "sibling"}
    | {"birth_child", "adopted_child", "step_child", "child_in_law", "grandchild", "niece_nephew", "former_adoptive"}
)


def inverse_relation(code: str) -> str:
    """The relation seen from the other side (relations.yaml)."""
    return codes.relations()[code].inverse


def spouse_relations(one: Sex, other: Sex) -> tuple[str, str] | None:
    """What each of two spouses is to the other: of the first, then of the second; None where it cannot be told.

    One sex may be unknown: the law knows marriages of a woman and a man (Law on Marriage and Family 2014 Art. 8(2)).
    """
    if one == other:
        return None
    is_first_wife = one is Sex.FEMALE or other is Sex.MALE
    return ("wife", "husband") if is_first_wife else ("husband", "wife")
