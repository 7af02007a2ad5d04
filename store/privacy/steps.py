"""What of somebody goes, once what was hers has another name: by small steps, each taken again until it is done."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from store import archive, batches, circles, keys, matches, outbox, reflections
from store import writings as writings_kept
from store.polarities import forgetting as maps_kept
from store.polarities import wicked
from store.privacy.rows import end, hers, set_, visitor
from store.privacy.values import Done, Forgetting, Say
from store.schema import erasure, kept_thread

AT_ONCE = 20  # writings, or answers, in one step
MESSAGES_AT_ONCE = 200


def writings(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """What she wrote in forms, with its cards; lines without a name are found by her key, so this comes before it."""
    found = writings_kept.of_member(connection, one.community, one.id, most=AT_ONCE)
    for each in found:
        _, batch = batches.of_line(connection, one.community, each.id)
        if batch and batch.ts is None:
            return "wait"
        if not batches.drop(connection, visitor(one, now), each, say.writing(each), say.batch):
            return "wait"
    return "more" if found else "done"


def maps(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her lines in maps and in wicked questions, found by her key where they have no name."""
    maps_kept.drop_lines(connection, one.community, one.id, now)
    return "done" if wicked.drop_lines(connection, visitor(one, now), say.wicked) else "wait"


def conversations(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """That she was in conversations, with what she took away from them and what introduced her there."""
    found = matches.of_forgotten(connection, one.community, one.id, AT_ONCE)
    for talk in found:
        parted = matches.forget(connection, one.community, talk, (one.id, one.member), now)
        if parted is None:
            return "wait"
        circle = circles.by_id(connection, one.community, talk.circle)
        outbox.promise(connection, one.community, say.conversation(parted, circle), now)
    return "more" if found else "done"


def key(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """The key: here nothing that it locked can be read any more. A copy of the database made before has it still."""
    keys.destroy(connection, one.community, one.id)
    return "done"


def answers(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her answers. A card of ours goes; what she said in a thread herself stands in Slack, and only there."""
    found = reflections.of_member(connection, one.community, one.id, AT_ONCE)
    for each in found:
        if each.via == "thread":
            reflections.forget(connection, visitor(one, now), each)
        elif not reflections.drop(connection, visitor(one, now), each, tuple(say.card(each))):
            return "wait"
    return "more" if found else "done"


def memory(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Her words in kept threads: in the table and in the index."""
    return "more" if archive.forget_member(connection, one.community, one.id, MESSAGES_AT_ONCE) else "done"


def draws(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """What rounds were drawn from, where it names her, also if she takes part no more."""
    seen = matches.draws.forget_draws(connection, one.community, one.member, one.reached, AT_ONCE)
    set_(connection, one, reached=one.reached + seen)
    return "more" if seen else "done"


def traces(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Who kept which thread; and what the bot wrote to her alone, as far as its log reaches."""
    connection.execute(
        update(kept_thread).where(*hers(kept_thread, "kept_by", one.community, one.member)).values(kept_by="")
    )
    if outbox.state_of(connection, one.community, say.page(one).id) in ("pending", "sending"):
        return "wait"
    said = outbox.said_to(connection, one.community, one.member)
    outbox.promise(connection, one.community, (say.out(one.community, *place) for place in said), now)
    outbox.forget(connection, one.community, one.member)
    return "done"


def merged(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """Until deleted words have fallen out of the index's older segments too."""
    waits = select(erasure.c.community_id).where(erasure.c.community_id == one.community)
    return "wait" if connection.execute(waits).first() else "done"


def goodbye(connection: Connection, one: Forgetting, now: datetime, say: Say) -> Done:
    """She hears that it is done, and that is forgotten too."""
    done = say.done(one)
    state = outbox.state_of(connection, one.community, done.id)
    if not state:
        outbox.promise(connection, one.community, (done,), now)
    if state not in ("said", "failed"):
        return "wait"
    outbox.forget(connection, one.community, one.member)
    end(connection, one)
    return "done"
