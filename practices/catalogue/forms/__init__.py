"""Reflection forms, one small file each. A community may switch some off and add its own."""

from practices.catalogue.forms import (
    afterwards,
    checkin,
    convening,
    conversation,
    moment,
    pocket,
    pulse,
    retelling,
    ripple,
    unsaid,
)
from practices.forms import Form

FORMS: tuple[Form, ...] = tuple(
    one.FORM
    for one in (
        checkin,
        moment,
        pocket,
        retelling,
        ripple,
        afterwards,
        unsaid,
        conversation,
        pulse,
        convening,
    )
)
