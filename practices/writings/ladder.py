"""Who may read what somebody wrote, and which steps of the ladder can be had where."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from practices.forms import Form, Visibility
from practices.model import Circle
from practices.refusals import (
    CircleTooSmall,
    NoCircleForThat,
    NotInCircle,
    NotInThisForm,
    OnlyForPublic,
    Refusal,
)

ENOUGH = 5  # people; below it whoever is not named can be guessed

Role = Literal["author", "convener", "member", "guest", "elsewhere", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

# Who reads the words, besides their author. A guest is one who is in the circle's channel; somebody elsewhere is a full
# member who is not in the circle; an admin of the workspace is only that, and is shown nobody's words for it.
READERS: Mapping[Visibility, frozenset[Role]] = MappingProxyType(
    {
        "me": frozenset(),
        "conveners": frozenset({"convener"}),
        "circle": frozenset({"convener", "member", "guest"}),
        "unnamed": frozenset({"convener", "member", "guest"}),
        "everyone": frozenset({"convener", "member", "guest", "elsewhere", "admin"}),
    }
)

# In a public channel, whatever stands there can be opened by any full member, and found in the memory by them.
IN_CHANNEL: frozenset[Visibility] = frozenset({"circle", "unnamed", "everyone"})
OPENS_PUBLIC: frozenset[Role] = frozenset({"elsewhere", "admin"})


def may_read(visibility: Visibility, role: Role, *, public: bool) -> bool:
    """Whether somebody in this role reads the words; `public` is whether any full member may open the channel.

    Nobody but the author reads *just me*, whatever their role.
    """
    if public and role in OPENS_PUBLIC and visibility in IN_CHANNEL:
        return True
    return role == "author" or role in READERS[visibility]


def steps(form: Form, circle: Circle | None, size: int, *, public: bool) -> tuple[Visibility, ...]:
    """The steps of the ladder that can be offered here: for no circle, or one too small, there are fewer.

    Raises Refusal where there are none.
    """
    hindrances = {
        step: cannot(step, form, circle, here=True, size=size, public=public) for step in form.ladder
    }
    offered = tuple(step for step, refusal in hindrances.items() if refusal is None)
    if not offered:
        raise hindrances[form.preset] or NotInThisForm(field="seen")
    return offered


def cannot(
    step: Visibility, form: Form, circle: Circle | None, *, here: bool, size: int, public: bool
) -> Refusal | None:
    """Why this step of the ladder is not to be had; None if it is."""
    if step not in form.ladder:
        return NotInThisForm(field="seen")
    if step == "me":
        return None
    if circle is None or circle.state == "closed":
        return NoCircleForThat(field="seen")
    hindrances = (
        (not here, NotInCircle(field="seen", circle=circle.name)),
        (step == "unnamed" and size < ENOUGH, CircleTooSmall(field="seen")),
        (step == "everyone" and not public, OnlyForPublic(field="seen")),
    )
    return next((refusal for hinders, refusal in hindrances if hinders), None)
