"""Forgets a member, in small steps that may stop anywhere: what was hers goes by another name first, so that she can
begin anew while it goes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, Literal, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, delete, func, select, update

from practices.batches import Batch
from practices.matches.conversations import Parted
from practices.model import Circle, Message, Reflection, Visit
from practices.polarities.wicked import Half, Wicked
from practices.writings import Writing
from store import archive, batches, circles, dialects, forgotten, keys, matches, outbox, reflections, writings
from store.naming import answering as naming
from store.polarities import forgetting as maps
from store.polarities import wicked
from store.schema import (
    application,
    away,
    convener,
    erasure,
    forgetting,
    kept_thread,
    left_out,
    match_apart,
    match_person,
    match_profile,
    match_said,
    member,
    never_keep,
    nudge,
    nudge_wish,
    own_question,
    participation,
    polarity_line,
    polarity_wording,
    pulse_mark,
    reflection,
    voice,
    welcomed,
    wicked_line,
    writing,
)
from store.schema import circle as circle_table
from store.soonest import Soonest

AT_ONCE = 20  # writings, or answers, in one step
MESSAGES_AT_ONCE = 200
LOOK_AGAIN = timedelta(seconds=2)  # where something is on its way to Slack
GHOST = "forgetting/"  # what is hers goes by a name that begins so

Done = Literal["more", "done", "wait"]

# What goes by the new name at once, and is worked off from there.
RENAMED = (
    (writing, "author"), (reflection, "member"), (voice, "member"),
    (polarity_line, "author"), (polarity_wording, "author"), (match_person, "member"),
    (wicked_line, "author"),
)  # fmt: skip
# What goes at once: few rows, each small.
DROPPED = (
    (application, "member"),
    (participation, "member"),
    (pulse_mark, "member"),
    (left_out, "member"),
    (never_keep, "member"),
    (own_question, "member"),
    (match_profile, "member"),
    (match_said, "member"),
    (match_apart, "wished_by"),
    (away, "member"),
    (welcomed, "member"),
    (nudge, "member"),
    (nudge_wish, "member"),
)


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


def ask(connection: Connection, visit: Visit, words: Words) -> bool:
    """The visitor is to be forgotten; False: that is under way. Her words go to her first, if she wants that."""
    row = {
        "community_id": visit.community,
        "id": GHOST + token_hex(8),
        "member": visit.member,
        "never": words.never,
        "words": words.first.id if words.first else "",
        "step": 0,
        "reached": 0,
        "asked_at": visit.now,
        "due": visit.now,
    }
    if not dialects.insert_once(connection, forgetting, row):
        return False
    if words.first:
        outbox.promise(connection, visit.community, (words.first,), visit.now)
    dialects.due(connection)
    return True


def under_way(connection: Connection, community: str, member_id: str) -> bool:
    """Whether somebody is being forgotten just now."""
    query = select(forgetting.c.id).where(
        forgetting.c.community_id == community, forgetting.c.member == member_id
    )
    return connection.execute(query).first() is not None


def due(connection: Connection, now: datetime) -> list[Forgetting]:
    """Everybody, of every community, of whom something is to be forgotten now."""
    rows = connection.execute(select(forgetting).where(forgetting.c.due <= now).order_by(forgetting.c.due))
    return [_one(row) for row in rows.mappings()]


next_due = Soonest(select(func.min(forgetting.c.due)))


def step(connection: Connection, community: str, id_: str, now: datetime, say: Say) -> Done:
    """Take one small step; "more": take the next at once, "wait": later, "done": nothing is left of it."""
    row = (
        connection.execute(
            select(forgetting)
            .where(forgetting.c.community_id == community, forgetting.c.id == id_)
            .with_for_update()
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return "done"
    one = _one(row)
    outcome = STEPS[one.step](connection, one, now, say)
    if outcome == "done" and one.step + 1 < len(STEPS):
        _set(connection, one, step=one.step + 1, reached=0, due=now)
        return "more"
    if outcome == "wait":
        _set(connection, one, due=now + LOOK_AGAIN)
    dialects.due(connection)
    return outcome


def _words_first(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her words are on their way to her; if they cannot be sent, nothing is forgotten."""
    state = outbox.state_of(connection, one.community, one.words) if one.words else "said"
    if state in ("pending", "sending"):
        return "wait"
    if state == "said":
        return "done"
    outbox.promise(connection, one.community, (say.not_sent(one),), now)
    _end(connection, one)
    return "wait"


def _begin(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """From here on nothing is hers any more, and whatever she does is a new beginning."""
    community, who = one.community, one.member
    forgotten.note(connection, community, who, now)
    keys.hand_over(connection, community, who, one.id)
    for table, column in RENAMED:
        connection.execute(
            update(table).where(*_hers(table, column, community, who)).values({column: one.id})
        )
    connection.execute(
        update(writing).where(*_hers(writing, "author", community, one.id)).values(returns_at=None)
    )
    matches.silence(connection, community, who)
    for table, column in DROPPED:
        connection.execute(delete(table).where(*_hers(table, column, community, who)))
    maps.step_out(connection, community, who, now)
    wicked.step_out(connection, community, who)
    naming.forget(connection, community, who, lambda each, name: say.card_again(each, name, now), now)
    if one.never:
        wish = {"community_id": community, "member": who, "at": now, "until": None}
        dialects.put(connection, never_keep, wish)
    outbox.silence(connection, community, who)
    _hand_on(connection, one, now, say)
    connection.execute(delete(member).where(member.c.community_id == community, member.c.id == who))
    outbox.promise(connection, community, (say.page(one),), now)
    return "done"


def _hand_on(connection: Connection, one: Forgetting, now: datetime, say: Say) -> None:
    """Her posts as a convener: who convenes with her is told; where there is nobody, the circle rests."""
    for id_ in circles.convened_by(connection, one.community, one.member):
        connection.execute(
            delete(convener).where(
                *_hers(convener, "member_id", one.community, one.member), convener.c.circle_id == id_
            )
        )
        circle = circles.by_id(connection, one.community, id_)
        if circle is None or circle.state == "closed":
            continue
        if not circle.conveners:
            connection.execute(
                update(circle_table)
                .where(circle_table.c.community_id == one.community, circle_table.c.id == id_)
                .values(state="paused", due=None, met_at=None)
            )
        outbox.promise(connection, one.community, say.handed_on(circle, now), now)


def _writings(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """What she wrote in forms, with its cards; lines without a name are found by her key, so this comes before it."""
    found = writings.of_member(connection, one.community, one.id, most=AT_ONCE)
    for each in found:
        _, batch = batches.of_line(connection, one.community, each.id)
        if batch and batch.ts is None:
            return "wait"
        if not batches.drop(connection, _visit(one, now), each, say.writing(each), say.batch):
            return "wait"
    return "more" if found else "done"


def _maps(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her lines in maps and in wicked questions, found by her key where they have no name."""
    maps.drop_lines(connection, one.community, one.id, now)
    return "done" if wicked.drop_lines(connection, _visit(one, now), say.wicked) else "wait"


def _conversations(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """That she was in conversations, with what she took away from them and what introduced her there."""
    found = matches.of_forgotten(connection, one.community, one.id, AT_ONCE)
    for talk in found:
        parted = matches.forget(connection, one.community, talk, (one.id, one.member), now)
        if parted is None:
            return "wait"
        circle = circles.by_id(connection, one.community, talk.circle)
        outbox.promise(connection, one.community, say.conversation(parted, circle), now)
    return "more" if found else "done"


def _draws(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """What rounds were drawn from, where it names her, also if she takes part no more."""
    seen = matches.rounds.forget_draws(connection, one.community, one.member, one.reached, AT_ONCE)
    _set(connection, one, reached=one.reached + seen)
    return "more" if seen else "done"


def _key(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """The key: here nothing that it locked can be read any more. A copy of the database made before has it still."""
    keys.destroy(connection, one.community, one.id)
    return "done"


def _answers(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her answers. A card of ours goes; what she said in a thread herself stands in Slack, and only there."""
    found = reflections.of_member(connection, one.community, one.id, AT_ONCE)
    for each in found:
        if each.via == "thread":
            reflections.forget(connection, _visit(one, now), each)
        elif not reflections.drop(connection, _visit(one, now), each, tuple(say.card(each))):
            return "wait"
    return "more" if found else "done"


def _memory(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her words in kept threads: in the table and in the index."""
    return "more" if archive.forget_member(connection, one.community, one.id, MESSAGES_AT_ONCE) else "done"


def _traces(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Who kept which thread; and what the bot wrote to her alone, as far as its log reaches."""
    connection.execute(
        update(kept_thread)
        .where(*_hers(kept_thread, "kept_by", one.community, one.member))
        .values(kept_by="")
    )
    if outbox.state_of(connection, one.community, say.page(one).id) in ("pending", "sending"):
        return "wait"
    said = outbox.said_to(connection, one.community, one.member)
    outbox.promise(connection, one.community, (say.out(one.community, *place) for place in said), now)
    outbox.forget(connection, one.community, one.member)
    return "done"


def _merged(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Until deleted words have fallen out of the index's older segments too."""
    waits = select(erasure.c.community_id).where(erasure.c.community_id == one.community)
    return "wait" if connection.execute(waits).first() else "done"


def _goodbye(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """She hears that it is done, and that is forgotten too."""
    done = say.done(one)
    state = outbox.state_of(connection, one.community, done.id)
    if not state:
        outbox.promise(connection, one.community, (done,), now)
    if state not in ("said", "failed"):
        return "wait"
    outbox.forget(connection, one.community, one.member)
    _end(connection, one)
    return "done"


def _end(connection: Connection, one: Forgetting) -> None:
    connection.execute(
        delete(forgetting).where(forgetting.c.community_id == one.community, forgetting.c.id == one.id)
    )


def _visit(one: Forgetting, now: datetime) -> Visit:
    return Visit(one.community, one.id, now, key="")


def _set(connection: Connection, one: Forgetting, **values: Any) -> None:
    connection.execute(
        update(forgetting)
        .where(forgetting.c.community_id == one.community, forgetting.c.id == one.id)
        .values(**values)
    )


def _hers(table: Table, column: str, community: str, who: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.community_id == community, table.c[column] == who


def _one(row: RowMapping) -> Forgetting:
    return Forgetting(row["community_id"], *(row[name] for name in Forgetting._fields[1:]))


# In this order: each is taken again until it says that it is done.
STEPS: tuple[Callable[[Connection, Forgetting, datetime, Say], Done], ...] = (
    _words_first,
    _begin,
    _writings,
    _maps,
    _conversations,
    _key,
    _answers,
    _memory,
    _draws,
    _traces,
    _merged,
    _goodbye,
)
