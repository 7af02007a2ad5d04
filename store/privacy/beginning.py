"""Forgetting somebody begins: her words go to her first, and then what was hers goes by another name."""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from store import circles, dialects, forgotten, keys, matches, outbox
from store.naming import answering as naming
from store.polarities import forgetting as maps
from store.polarities import wicked
from store.privacy.rows import end, hers
from store.privacy.values import Done, Forgetting, Say
from store.schema import (
    application,
    away,
    convener,
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


def words_first(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her words are on their way to her; if they cannot be sent, nothing is forgotten."""
    state = outbox.state_of(connection, one.community, one.words) if one.words else "said"
    if state in ("pending", "sending"):
        return "wait"
    if state == "said":
        return "done"
    outbox.promise(connection, one.community, (say.not_sent(one),), now)
    end(connection, one)
    return "wait"


def begin(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """From here on nothing is hers any more, and whatever she does is a new beginning."""
    community, who = one.community, one.member
    forgotten.note(connection, community, who, now)
    keys.hand_over(connection, community, who, one.id)
    for table, column in RENAMED:
        connection.execute(update(table).where(*hers(table, column, community, who)).values({column: one.id}))
    connection.execute(
        update(writing).where(*hers(writing, "author", community, one.id)).values(returns_at=None)
    )
    matches.silence(connection, community, who)
    for table, column in DROPPED:
        connection.execute(delete(table).where(*hers(table, column, community, who)))
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
                *hers(convener, "member_id", one.community, one.member), convener.c.circle_id == id_
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
