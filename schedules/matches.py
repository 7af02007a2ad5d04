"""Match rounds are told, opened, reminded of and closed: each when it is due."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from practices.away import gone
from practices.matches import conversations as decide
from practices.matches import settings as ahead
from practices.matches.conversations import Conversation
from practices.matches.model import Asked, Plan
from practices.matches.rounds import asks_to_pause, nudges, working_moment
from practices.matches.settings import Round
from practices.matches.taking_part import Gathered, asked, present
from practices.model import Circle, Message
from practices.rhythm import Lateness, lateness
from store import channels, communities
from store import circles as circles_kept
from store.engine import Database
from store.matches import conversations as talks_kept
from store.matches import draws
from store.matches import profiles as profiles_kept
from store.matches import rounds as kept
from store.matches import settings as settings_kept
from store.matches import waiting as waiting_kept
from workspace.matches import ending as ending_shown
from workspace.matches import openings as opening_shown
from workspace.matches import rounds as shown
from workspace.matches import talking as talking_shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'
TOO_LATE = "too late"
Planned = Callable[[Asked], Awaitable[Plan]]


async def due(db: Database, now: datetime, guard: Guard, planned: Planned) -> None:
    """Do with each round what is due: tell it, open it, close it; then find somebody for those who wait."""
    for round_ in await db.read(kept.due, now):
        await guard(_next(db, round_, now, planned))
    for round_ in await db.read(kept.again_due, now):
        await guard(_again(db, round_, now, planned))
    for talk in await db.read(talks_kept.reminders_due, now):
        await guard(_remind(db, talk, now))


async def in_time(db: Database, message: Message, now: datetime) -> bool:
    """Whether this is still to be said, of a conversation or a round: what comes too late is let go."""
    talk = await db.read(talks_kept.by_id, message.community, message.subject)
    if talk:
        return decide.in_time(talk, message.purpose, now)
    round_ = await db.read(kept.by_id, message.community, message.subject)
    return round_ is not None and round_.state in ("coming", "open")


async def words(db: Database, message: Message, now: datetime) -> Message | None:
    """What is true now of a conversation that goes on elsewhere, or not at all; None where nothing is to be said."""
    which, _, newest = message.subject.partition("/")
    talk = await db.read(talks_kept.by_id, message.community, which)
    circle = await db.read(circles_kept.by_id, message.community, talk.circle) if talk else None
    if talk is None or circle is None:
        return None
    slack = await db.read(communities.url, message.community)
    if message.purpose == "match redrawn":
        return opening_shown.redrawn(message, talk, circle, slack, now)
    goes_on = decide.in_time(talk, "match", now) and newest in {one.member for one in talk.staying}
    return opening_shown.third(message, talk, newest, slack) if goes_on else None


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """No group could be opened, such as with guests who share no channel: each has a message of her own."""
    if code == TOO_LATE:
        return
    talk = await db.read(talks_kept.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, talk.circle) if talk else None
    if talk and circle:
        slack = await db.read(communities.url, message.community)
        words = shown.each_apart(talk, circle, slack)
        await db.write(talks_kept.apart, message.community, talk.id, words, now)


async def _next(db: Database, round_: Round, now: datetime, planned: Planned) -> None:
    circle = await db.read(circles_kept.by_id, round_.community, round_.circle)
    gathered = await db.read(draws.gathered, round_.community, round_.circle, round_.id)
    if circle is None or gathered is None:
        return
    if round_.state == "open":
        await _close(db, round_, now)
    elif ahead.rests(gathered.setting, circle):
        await db.write(kept.let_go, round_.community, round_, None, (), now)
    elif round_.told is None and now < round_.opens:
        await _tell(db, round_, circle, gathered, now)
    elif now < round_.opens:
        await db.write(kept.told, round_.community, round_, (), now)
    else:
        await _open(db, round_, circle, gathered, now, planned)


async def _tell(db: Database, round_: Round, circle: Circle, gathered: Gathered, now: datetime) -> None:
    """The quiet note, to those who are in it unless they say otherwise, and to those who want to be asked."""
    number = gathered.setting.number + 1
    those = [
        one
        for one in gathered.enrolled
        if one.member in gathered.here and not gone(one.profile.away, round_.local_date)
    ]
    is_in = {one.member for one in present(gathered, number, round_.local_date)}
    notes = [
        shown.note(round_, circle, one, now)
        for one in those
        if one.member in is_in or one.profile.pace == "asked"
    ]
    tired = [one for one in those if asks_to_pause(one.missed, asked=one.pause_asked)]
    notes += [shown.pause_question(one, circle, round_) for one in tired]
    await db.write(kept.told, round_.community, round_, notes, now, [one.member for one in tired])


async def _open(
    db: Database, round_: Round, circle: Circle, gathered: Gathered, now: datetime, planned: Planned
) -> None:
    following = ahead.foreseen(gathered.setting, circle, ahead.follows(round_, now), now)
    opening = ahead.opened(round_, gathered.setting)
    those = present(gathered, opening.number, round_.local_date)
    missed = lateness(round_.opens, now, circle.rhythm.zone) is Lateness.TOO_LATE
    if missed or len(those) < 2:
        words = shown.missed(circle, round_) if missed else shown.not_enough(circle, round_, len(those))
        await db.write(kept.let_go, round_.community, round_, following, words, now)
        return
    question = asked(gathered, those, opening.number, opening.seed)
    plan = await planned(question)
    there = {one.member: one.profile for one in those}
    staying = set(await db.read(profiles_kept.in_circle, round_.community, circle.id))
    staying &= await db.read(channels.people, round_.community, circle.channel)
    groups, lost, alone = decide.still(plan, there.keys() & staying)
    rhythm = ahead.rhythm_of(gathered.setting, circle)
    talks = [decide.begun(opening, members, there, rhythm, now) for members in groups]
    theirs = await db.read(settings_kept.apart, round_.community, circle.id)
    apart = decide.kept_apart([one.id for one in alone], there, theirs)
    words = (*(shown.opening(talk, circle) for talk in talks), *shown.left_out(alone, apart, circle, opening))
    opened = kept.Opened(opening, talks, [one.id for one in alone], lost, question, plan, following)
    await db.write(kept.open_, round_.community, opened, words, now)


async def _close(db: Database, round_: Round, now: datetime) -> None:
    talks = await db.read(talks_kept.of_round, round_.community, round_.id)
    words = [
        one for talk in talks if talk.freed is None and talk.reached for one in ending_shown.question(talk)
    ]
    await db.write(kept.close, round_.community, round_, words, now, talks)


async def _again(db: Database, round_: Round, now: datetime, planned: Planned) -> None:
    """Those who wait are matched with each other; at half-time who is left joins a pair."""
    circle = await db.read(circles_kept.by_id, round_.community, round_.circle)
    gathered = await db.read(draws.gathered, round_.community, round_.circle)
    waiting = set(await db.read(waiting_kept.waiting, round_.community, round_.id))
    half = ahead.halfway(round_)
    if circle is None or gathered is None or round_.state != "open":
        await db.write(kept.looked_after, round_.community, round_.id, None, now)
        return
    wanting = [one for one in gathered.enrolled if one.member in waiting]
    those = [one for one in wanting if one.member in gathered.here]
    left = [one.member for one in wanting]
    if len(those) > 1:
        profiles = {one.member: one.profile for one in those}
        plan = await planned(asked(gathered, those, round_.number, round_.seed, 2))
        rhythm = ahead.rhythm_of(gathered.setting, circle)
        talks = [decide.begun(round_, group.members, profiles, rhythm, now) for group in plan.groups]
        words = [shown.opening(talk, circle) for talk in talks]
        later = max(now, half)
        await db.write(waiting_kept.matched, round_.community, round_, talks, later, words, now)
        still = set(await db.read(waiting_kept.waiting, round_.community, round_.id))
        left = [one for one in left if one in still]
    if now >= half:
        await _join(db, round_, circle, gathered, left, now)
    elif len(those) < 2:
        await db.write(kept.looked_after, round_.community, round_.id, half if left else None, now)


async def _join(
    db: Database, round_: Round, circle: Circle, gathered: Gathered, left: Sequence[str], now: datetime
) -> None:
    """Each joins a pair, each pair one at most; for the others it did not work out."""
    profiles = {one.member: one.profile for one in gathered.enrolled}
    apart, nobody = set(gathered.apart), []
    for member in left:
        joined: bool | None = False
        while joined is False:  # the pair may have parted while this was decided
            talks = await db.read(talks_kept.of_round, round_.community, round_.id)
            open_ = [one for one in talks if one.freed is None]
            pair = decide.joins(member, profiles[member], open_, apart) if member in gathered.here else None
            if pair is None:
                nobody.append(member)
                break
            talk = decide.joined(pair, member, profiles[member])
            words = (shown.opening(talk, circle),)
            joined = await db.write(waiting_kept.joined, round_.community, round_, talk, words, now)
    sorry = [talking_shown.nobody_else(round_, one) for one in nobody]
    await db.write(waiting_kept.over, round_.community, round_, nobody, sorry, now)


async def _remind(db: Database, talk: Conversation, now: datetime) -> None:
    """Once, in working hours, where nobody has tapped or written anything."""
    circle = await db.read(circles_kept.by_id, talk.community, talk.circle)
    setting = await db.read(settings_kept.of, talk.community, talk.circle)
    if circle is None or setting is None:
        await db.write(talks_kept.reminded, talk.community, talk, None, (), now)
        return
    rhythm = ahead.rhythm_of(setting, circle)
    goes = nudges(talk.standing, talk.closes, rhythm, now)
    later = None
    if not goes and not (talk.tapped or talk.written or talk.freed):
        later = working_moment(now, talk.closes, rhythm)  # we were away, and came back at night
        later = later if later and later > now else None
    words = talking_shown.nudge(talk) if goes and talk.reached else ()
    await db.write(talks_kept.reminded, talk.community, talk, later, words, now)
