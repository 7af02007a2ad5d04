"""Reflection forms, one small file each. A community may switch some off and add its own."""

from practices.catalogue.forms import (
    afterwards,
    checkin,
    convening,
    conversation,
    moment,
    pulse,
    retelling,
    ripple,
)
from practices.forms import Form

FORMS: tuple[Form, ...] = tuple(
    one.FORM for one in (checkin, moment, retelling, ripple, afterwards, conversation, pulse, convening)
)


def form_named(key: str) -> Form | None:
    """The form of this name."""
    return next((one for one in FORMS if one.key == key), None)


def to_choose() -> tuple[Form, ...]:
    """Those that anybody may open at any time."""
    return tuple(one for one in FORMS if one.opens == "anyone")
