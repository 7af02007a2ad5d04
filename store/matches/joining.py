"""A member joins, leaves, or says of a round whether she is in it."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import Connection

from practices.matches.conversations import Conversation
from practices.matches.profiles import Profile, Said
from practices.matches.settings import Round
from practices.model import Message, Visit
from store import outbox
from store.matches import conversations, profiles, rounds, saying, settings, talking, waiting

Farewell = Callable[[Round | None, Conversation], Iterable[Message]]


def join(
    connection: Connection,
    visit: Visit,
    circle: str,
    profile: Profile,
    apart: list[tuple[str, str]],
    messages: Iterable[Message],
) -> bool:
    """The visitor takes part, or changes what she gave, with whom she does not want to be matched. False: she had taken
    part before. Raises KeyLost."""
    settings.keep_apart(connection, visit, circle, apart, visit.member)
    new = profiles.keep(connection, visit.community, circle, visit.member, profile)
    outbox.promise(connection, visit.community, messages, visit.now)
    return new


def leave(
    connection: Connection,
    visit: Visit,
    circle: str,
    farewell: Farewell,
    messages: Iterable[Message],
) -> None:
    """The visitor takes part no more, and leaves the conversations she is in just now: whoever is left in one hears a
    `farewell`, which depends on its round."""
    for talk in conversations.of_member(connection, visit.community, visit.member, visit.now):
        if talk.circle == circle:
            _part(connection, visit, talk, farewell)
    if round_ := rounds.in_state(connection, visit.community, circle, "open"):
        waiting.stop(connection, visit, round_.id)
    settings.keep_apart(connection, visit, circle, [], visit.member)
    profiles.leave(connection, visit, circle, messages)


def gone(connection: Connection, visit: Visit, farewell: Farewell) -> None:
    """Slack says that the visitor is gone: she leaves the conversations she is in just now. What she gave stays, in
    case she comes back."""
    for talk in conversations.of_member(connection, visit.community, visit.member, visit.now):
        _part(connection, visit, talk, farewell)


def say(connection: Connection, visit: Visit, round_: str, word: Said, messages: Iterable[Message]) -> None:
    """In or out of a round that comes."""
    saying.say(connection, visit, round_, word)
    outbox.promise(connection, visit.community, messages, visit.now)


def _part(connection: Connection, visit: Visit, talk: Conversation, farewell: Farewell) -> None:
    if talk.found and talk.found <= visit.now:
        return  # they have met: both are asked about it as always
    round_ = rounds.by_id(connection, visit.community, talk.round)
    talking.set_free(connection, visit, talk.id, partial(farewell, round_))
