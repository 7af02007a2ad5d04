"""Somebody who is being forgotten, what she chose, and what is said of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from practices.batches import Batch
from practices.matches.conversations import Parted
from practices.model import Circle, Message, Reflection
from practices.polarities.wicked import Half, Wicked
from practices.writings import Writing
from store import writings

Done = Literal["more", "done", "wait"]


class Forgetting(NamedTuple):
    """Somebody is being forgotten; `id` is the name that stands on what was hers."""

    community: str
    id: str
    member: str
    never: bool
    words: str
    step: int
    reached: int
    asked_at: datetime


class Words(NamedTuple):
    """What she chose in the window: whether her words go to her first, by which message; what is said to her."""

    first: Message | None
    never: bool


class Say(Protocol):
    """What is said of it, and taken out of Slack: handed in, for the words are the workspace's."""

    def card(self, one: Reflection) -> Iterable[Message]: ...

    def writing(self, one: writings.Found) -> Iterable[Message]: ...

    def card_again(self, one: Writing, name: str, at: datetime) -> Iterable[Message]: ...

    def batch(self, one: Batch, lines: Sequence[Writing]) -> Iterable[Message]: ...

    def conversation(self, parted: Parted, circle: Circle | None) -> Iterable[Message]: ...

    def wicked(self, one: Wicked, lines: Sequence[Half]) -> Iterable[Message]: ...

    def out(self, community: str, channel: str, ts: str) -> Message: ...

    def handed_on(self, circle: Circle, now: datetime) -> Iterable[Message]: ...

    def page(self, one: Forgetting) -> Message: ...

    def not_sent(self, one: Forgetting) -> Message: ...

    def done(self, one: Forgetting) -> Message: ...
