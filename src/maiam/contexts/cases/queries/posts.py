"""Which post answers for a role in a commune."""

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.places.models import Unit
from maiam.platform.access import Role
from maiam.platform.errors import DomainError


class NobodyAnswersError(DomainError):
    code = "cases.nobody_answers"
    message = "Xã này chưa có ai giữ chức vụ phải làm việc này. Hãy báo người quản trị ngay; việc gấp thì gọi điện."


def answering_post(role: Role, commune: Unit) -> Post:
    """The seat that answers for this role in the commune; while it is not set up, the province's leader.

    Raises `NobodyAnswersError`.
    """
    post = accounts.post_for(role, commune_id=commune.id)
    if post is None:
        post = accounts.province_post(Role.PROVINCE_LEADER, commune.province_id)
    if post is None:
        raise NobodyAnswersError
    return post
