"""The questions of choices that a province asks beside the house's own, as definitions of tables; and every table."""

from collections.abc import Mapping

from maiam.contexts.statistics.queries.closed import HOUSE
from maiam.contexts.statistics.rules import NOT_ASKED, Definition, RowDefinition, Subject, definitions
from maiam.contexts.statistics.rules.leaves import ANSWER, holding
from maiam.contexts.surveys import queries as surveys
from maiam.contexts.surveys.queries import OwnQuestion
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

# The formula, not the questionnaire: a newer version of that adds choices to the same table.
VERSION = 1
_OF_WHOM = {
    False: "Mỗi hộ đếm một lần, theo câu trả lời trong đợt gần nhất có hỏi bộ câu hỏi này, kết thúc đến ngày chốt và"
    " gặp được hộ; hộ chưa được gặp thì không có trong bảng.",
    True: "Mỗi người đếm một lần, theo câu trả lời của hộ trong đợt gần nhất có hỏi bộ câu hỏi này, kết thúc đến ngày"
    " chốt; người đã mất không đếm.",
}
_SEVERAL = " Chọn được nhiều câu trả lời, nên các dòng cộng lại có thể hơn số đã hỏi."


def known_tables(actor: Actor) -> Mapping[str, Definition]:
    """Every table by its code: those of the house, then those of the province's own questions."""
    actor.require_one(Permission.VIEW_STATISTICS, Permission.KEEP_HOUSE)
    with acting(HOUSE):
        asked = surveys.questions_of_the_province(HOUSE)
    own = [_definition(one) for one in asked]
    return {**definitions(), **{one.code: one for one in own}}


def known_table(actor: Actor, code: str) -> Definition:
    """The table of this code. Raises `NotFoundError`."""
    definition = known_tables(actor).get(code)
    if definition is None:
        raise NotFoundError
    return definition


def _definition(asked: OwnQuestion) -> Definition:
    question, questionnaire = asked.question, asked.questionnaire
    answers = [(f"{ANSWER}{choice.name}", choice.label) for choice in question.choices]
    rows = [RowDefinition(code=code, vi=label, of=holding(code)) for code, label in answers]
    return Definition(
        code=f"rieng-{questionnaire.code}-{question.name}",
        version=VERSION,
        subject=Subject.ASKED_PEOPLE if asked.is_of_members else Subject.ASKED_HOUSEHOLDS,
        vi=question.label,
        about=_OF_WHOM[asked.is_of_members] + (_SEVERAL if asked.takes_several else ""),
        fact=question.name,
        leaves="chosen",
        questionnaire=questionnaire.id,
        heading=f"Câu hỏi riêng của tỉnh: {questionnaire.title}",
        rows=(*rows, RowDefinition(code=NOT_ASKED, vi="Chưa hỏi, hoặc chưa trả lời")),
    )
