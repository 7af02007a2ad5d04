"""A conversation of a round: who is in it, what may still happen to it, and what is kept of it when it is over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from practices.catalogue import BANK
from practices.catalogue.forms.conversation import FORM
from practices.matches.model import Alone, Plan
from practices.matches.profiles import Profile
from practices.matches.rounds import Outcome, Standing, another, remind_at, settled
from practices.matches.settings import Round, halfway
from practices.model import Visit, identity
from practices.refusals import (
    InThePast,
    MatchFreed,
    MatchOver,
    MeetsTooLate,
    NobodyIsFreeNow,
    NoMoreQuestions,
    NotYourMatch,
    TimeUnreadable,
)
from practices.rhythm import Rhythm
from practices.rotation import Question
from practices.writings import checked

THEMES = ("One another", "Across boundaries", "Learning, not knowing")
QUESTIONS = tuple(one for one in BANK if one.theme in THEMES and one.depth != "deep")
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody takes away from a conversation."""

    take_away: str
    talked_about: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody in a conversation."""

    member: str
    profile: Profile
    outcome: Outcome = ""
    left: bool = False  # not this time
    note: Note | None = None
    note_ts: str | None = None
    agrees: bool = False  # that others may hear what was written


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two or three people of a round."""

    id: str
    community: str
    circle: str
    round: str
    number: int
    people: tuple[Partner, ...]
    opened: datetime
    closes: datetime
    question: str
    channel: str = ""  # the group's direct messages
    ts: str | None = None
    apart: bool = False  # each has messages of her own
    swapped: int = 0
    tapped: bool = False
    written: bool = False
    found: datetime | None = None
    freed: datetime | None = None
    remind: datetime | None = None
    met: bool | None = None
    shared_ts: str | None = None

    @property
    def staying(self) -> tuple[Partner, ...]:
        """Those who have not said: not this time."""
        return tuple(one for one in self.people if not one.left)

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(sorted({one.profile.sector for one in self.people}))

    @property
    def reached(self) -> bool:
        """Whether those in it have heard of each other, as far as is known."""
        return self.ts is not None or self.apart or self.tapped or self.written

    @property
    def standing(self) -> Standing:
        return Standing(self.opened, self.tapped, self.written, self.remind is None, self.freed)


@dataclass(frozen=True, slots=True)
class Parted:
    """A conversation before and after somebody in it is forgotten, and the places, channel and ts, where something of
    hers stands in Slack."""

    before: Conversation
    left: Conversation
    places: tuple[tuple[str, str], ...]
    at: datetime

    @property
    def set_free(self) -> tuple[str, ...]:
        """Who is left alone by that."""
        ends = self.left.freed and not self.before.freed
        return tuple(one.member for one in self.left.staying) if ends else ()

    @property
    def introduced(self) -> bool:
        """Whether they know of each other."""
        return self.before.ts is not None or self.before.apart

    @property
    def goes_on(self) -> bool:
        """Whether those who are left are to be introduced anew."""
        return self.left.freed is None and self.at < self.left.closes


def begun(
    round_: Round, members: Sequence[str], profiles: Mapping[str, Profile], rhythm: Rhythm, now: datetime
) -> Conversation:
    """A conversation that opens now."""
    id_ = identity("match", round_.id, *sorted(members))
    return Conversation(
        id=id_,
        community=round_.community,
        circle=round_.circle,
        round=round_.id,
        number=round_.number,
        people=tuple(Partner(one, profiles[one]) for one in members),
        opened=now,
        closes=round_.closes,
        question=question(id_, 0).key,
        remind=remind_at(now, round_.closes, rhythm),
    )


def opening_id(conversation: str, people: int, member: str = "") -> str:
    """By what the message that opens a conversation of so many people is known; the one to a `member` alone, where each
    has her own."""
    if member:
        return identity("match apart", conversation, member, str(people))
    return identity("match opens", conversation, str(people))


def question(conversation: str, swapped: int) -> Question:
    """The question of a conversation after so many swaps: each time another one."""
    chance = Random(conversation)  # noqa: S311  a draw of questions, not of secrets
    return chance.sample(QUESTIONS, len(QUESTIONS))[swapped]


def worded(key: str) -> str:
    """A question's words."""
    return next((one.text for one in BANK if one.key == key), "")


def part_of(conversation: Conversation | None, visit: Visit) -> Conversation:
    """The conversation, for somebody who is in it. Raises NotYourMatch."""
    if conversation is None or visit.member not in {one.member for one in conversation.staying}:
        raise NotYourMatch
    return conversation


def was_part_of(conversation: Conversation | None, visit: Visit) -> Conversation:
    """The conversation, for somebody who is in it or has left it. Raises NotYourMatch."""
    if conversation is None:
        raise NotYourMatch
    mine(conversation, visit.member)
    return conversation


def running(conversation: Conversation | None, visit: Visit) -> Conversation:
    """The same, while the round is open. Raises NotYourMatch, MatchFreed, MatchOver."""
    found = part_of(conversation, visit)
    if visit.now >= found.closes:
        raise MatchOver
    if found.freed:
        raise MatchFreed
    return found


def swap(conversation: Conversation) -> Conversation:
    """Another question. Raises NoMoreQuestions."""
    if not another(conversation.swapped):
        raise NoMoreQuestions
    swapped = conversation.swapped + 1
    return replace(
        conversation, swapped=swapped, question=question(conversation.id, swapped).key, tapped=True
    )


def found_time(conversation: Conversation, at: datetime | None, now: datetime) -> Conversation:
    """When they meet. Raises TimeUnreadable, InThePast, MeetsTooLate."""
    if at is None:
        raise TimeUnreadable(field="at")
    if at < now - HOUR:
        raise InThePast(field="on")
    if at > now + YEAR:
        raise MeetsTooLate(field="on")
    return replace(conversation, found=at, tapped=True)


def leave(conversation: Conversation, member: str, now: datetime) -> Conversation:
    """Somebody says: not this time. Where one is left, she is free; two go on."""
    people = tuple(
        replace(one, left=True, outcome="not") if one.member == member else one for one in conversation.people
    )
    left = replace(conversation, people=people, tapped=True)
    return left if len(left.staying) > 1 else replace(left, freed=now, met=False, found=None)


def without(conversation: Conversation, member: str, now: datetime) -> Conversation:
    """When somebody in it is forgotten: where one is left, she is free; two go on, in messages of their own. What the
    circle was let hear is heard no more."""
    people = tuple(one for one in conversation.people if one.member != member)
    left = replace(conversation, people=people, shared_ts=None)
    if conversation.freed or now >= conversation.closes:
        return left
    if len(left.staying) < 2:
        return replace(left, freed=now, met=False, remind=None)
    return replace(left, channel="", ts=None, apart=False)


def in_time(conversation: Conversation, purpose: str, now: datetime) -> bool:
    """Whether what was promised to those in a conversation is still to be said: once its round has closed, nobody is
    introduced, asked or reminded any more; once it was freed, only who is left hears something."""
    if now >= conversation.closes:
        return False
    if purpose == "match nudge":
        return not (conversation.freed or conversation.tapped or conversation.written)
    return conversation.freed is None or purpose == "match offer"


def told(conversation: Conversation, member: str, outcome: Outcome) -> Conversation:
    """What somebody says of it; one who says that they met is enough."""
    people = tuple(
        replace(one, outcome=outcome) if one.member == member else one for one in conversation.people
    )
    return replace(conversation, people=people, met=settled([one.outcome for one in people]))


def noted(talked_about: str, take_away: str) -> Note:
    """What somebody wrote, as it is kept. Raises Refusals, each at its field."""
    kept = checked(FORM, {"talked_about": talked_about, "take_away": take_away})
    return Note(str(kept["take_away"]), str(kept.get("talked_about", "")))


def mine(conversation: Conversation, member: str) -> Partner:
    """Her part in it. Raises NotYourMatch."""
    found = next((one for one in conversation.people if one.member == member), None)
    if found is None:
        raise NotYourMatch
    return found


def heard_by_others(conversation: Conversation) -> bool:
    """Whether everybody in it agrees that others hear what was written, and something was."""
    return all(one.agrees for one in conversation.staying) and any(one.note for one in conversation.staying)


def may_look_again(round_: Round | None, now: datetime) -> Round:
    """That somebody else can still be found in this round. Raises NobodyIsFreeNow."""
    if round_ is None or round_.state != "open" or now >= halfway(round_):
        raise NobodyIsFreeNow
    return round_


def joins(
    member: str,
    profile: Profile,
    pairs: Sequence[Conversation],
    apart: Collection[tuple[str, str]],
) -> Conversation | None:
    """The pair that somebody who found nobody joins: where most sectors meet, nothing is fixed yet, and nobody is who
    may not meet her."""

    def may(pair: Conversation) -> bool:
        others = [one.member for one in pair.staying]
        return len(others) == 2 and not any((a, member) in apart or (member, a) in apart for a in others)

    def worth(pair: Conversation) -> tuple[int, bool, bool, str]:
        sectors = {one.profile.sector for one in pair.staying} | {profile.sector}
        return len(sectors), pair.found is None, not pair.tapped, pair.id

    return max(filter(may, pairs), key=worth, default=None)


def joined(pair: Conversation, member: str, profile: Profile) -> Conversation:
    """The pair with a third, whose messages stand somewhere else from now on."""
    return replace(pair, people=(*pair.people, Partner(member, profile)), channel="", ts=None, apart=False)


def still(plan: Plan, there: Collection[str]) -> tuple[list[tuple[str, ...]], list[str], list[Alone]]:
    """A plan as it opens, where people may have left since it was drawn: groups of those who are there, who lost her
    partner by that, and who is alone by the draw."""
    groups: list[tuple[str, ...]] = []
    lost: list[str] = []
    for group in plan.groups:
        staying = tuple(one for one in group.members if one in there)
        if len(staying) > 1:
            groups.append(staying)
        else:
            lost.extend(staying)
    return groups, lost, [one for one in plan.alone if one.id in there]


def kept_apart(
    alone: Collection[str], there: Collection[str], apart: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """Of those who are alone, whom the conveners' own wishes (`apart`) keep from everybody else who is there."""
    pairs = {frozenset(pair) for pair in apart}
    return tuple(
        one for one in alone if all(frozenset((one, other)) in pairs for other in there if other != one)
    )
