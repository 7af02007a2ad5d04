"""What is said around a round: the note before it, whom somebody meets, and who is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from practices.matches.conversations import Conversation, Partner, opening_id, worded
from practices.matches.model import Alone
from practices.matches.profiles import shared_times
from practices.matches.settings import Round
from practices.matches.taking_part import Enrolled
from practices.model import Circle, Message, identity
from practices.rhythm import local_day
from workspace.blocks import Block, actions, button, context, moment, safe, section

IN = "You are in."
OUT = "You leave this one out. Nobody is told."
ENOUGH_TOLD = 20  # people named in one message


def note(round_: Round, circle: Circle, one: Enrolled, now: datetime) -> Message:
    """The quiet note before a round; silence means in, unless she wants to say so herself."""
    zone = circle.rhythm.zone
    ahead = (local_day(round_.opens, zone) - local_day(now, zone)).days
    when = {0: "today", 1: "tomorrow"}.get(ahead, f"on {moment(round_.opens, zone)}")
    asks = one.profile.pace == "asked"
    rest = "Would you like to be in it?" if asks else "Doing nothing means that you are in."
    text = f"A new round of *{safe(circle.name)}* opens {when}. {rest}"
    return Message(
        id=identity("match note", round_.id, one.member),
        community=round_.community,
        purpose="match offer",
        subject=round_.id,
        member=one.member,
        text=text,
        blocks=(section(text), choice(round_.id)),
    )


def choice(round_: str) -> Block:
    return actions(
        button("Skip this one", "match_skip", round_),
        button("I'm in", "match_in", round_),
        block_id="match_note",
    )


def chosen(word: str, round_: str) -> list[Block]:
    """In the place of the note, with the way back."""
    back = (
        button("I'm in after all", "match_in", round_)
        if word == "skip"
        else button("Skip it", "match_skip", round_)
    )
    return [section(OUT if word == "skip" else IN), actions(back, block_id="match_note")]


def pause_question(one: Enrolled, circle: Circle, round_: Round) -> Message:
    """After two rounds without a meeting, once."""
    text = f"The last two rounds of *{safe(circle.name)}* did not work out. That happens. Would you like a pause?"
    return Message(
        id=identity("match pause", round_.id, one.member),
        community=circle.community,
        purpose="match offer",
        subject=round_.id,
        member=one.member,
        text=text,
        blocks=(
            section(text),
            actions(
                button("A pause, please", "away"),
                button("I stay in", "match_stay"),
                block_id="match_pause",
            ),
        ),
    )


def opening(talk: Conversation, circle: Circle, *, anew: bool = False) -> Message:
    """To the two or three, in direct messages among them and the bot; `anew` where they were one more before."""
    hello = _hello(talk, circle, anew=anew)
    members = sorted(one.member for one in talk.staying)
    return Message(
        id=opening_id(talk.id, len(talk.people)),
        community=talk.community,
        purpose="match",
        subject=talk.id,
        member=",".join(members),
        text=hello,
        blocks=tuple(_introduced(talk, hello, talk.staying)),
    )


def each_apart(talk: Conversation, circle: Circle, slack: str) -> tuple[Message, ...]:
    """To each alone, where no group can be opened, with a link to the other's profile."""
    found = []
    for one in talk.staying:
        others = tuple(other for other in talk.staying if other.member != one.member)
        links = " and ".join(f"<{slack.rstrip('/')}/team/{other.member}|their profile>" for other in others)
        blocks = _introduced(talk, _hello(talk, circle), others)
        blocks.insert(-1, context(f"I could not open a group for you here. Write to them from {links}."))
        found.append(
            Message(
                id=opening_id(talk.id, len(talk.people), one.member),
                community=talk.community,
                purpose="match apart",
                subject=talk.id,
                member=one.member,
                text=_hello(talk, circle),
                blocks=tuple(blocks),
            )
        )
    return tuple(found)


def left_out(
    alone: Sequence[Alone], apart: Sequence[str], circle: Circle, round_: Round
) -> tuple[Message, ...]:
    """To its conveners: for whom there was nobody; and to those people themselves. Why only of those whom conveners
    keep `apart` from everybody: else it may be what somebody wishes, which nobody else sees."""
    if not alone:
        return ()
    names = ", ".join(f"<@{one.id}>" for one in alone[:ENOUGH_TOLD])
    text = f"In this round of *{safe(circle.name)}* I found no group for {names}."
    if apart:
        who = " and ".join(f"<@{one}>" for one in apart[:ENOUGH_TOLD])
        text += f" You keep {who} apart from all others who were in it."
    text += " They come first in the next one."
    hers = f"There was nobody for you in this round of *{safe(circle.name)}*, sorry. You come first in the next one."
    told = [_plain("match left out", text, circle, round_, one) for one in circle.conveners]
    return (*told, *(_plain("match nobody", hers, circle, round_, one.id) for one in alone))


def not_enough(circle: Circle, round_: Round, many: int) -> tuple[Message, ...]:
    """To its conveners: no round, since there are not two people in it."""
    who = "nobody was" if many == 0 else "only one person was"
    text = f"No round of *{safe(circle.name)}* opened this time: {who} in it. The next one comes by itself."
    return tuple(_plain("match no round", text, circle, round_, one) for one in circle.conveners)


def missed(circle: Circle, round_: Round) -> tuple[Message, ...]:
    """To its conveners: a round was due while the bot was away."""
    when = moment(round_.opens, circle.rhythm.zone)
    text = (
        f"A round of *{safe(circle.name)}* was to open on {when}, while I was away. The next one comes by itself, or "
        "you can run one now."
    )
    told = [_plain("match missed", text, circle, round_, one) for one in circle.conveners]
    menu = actions(button("Match rounds", "match_rounds", circle.channel), block_id="match_missed")
    return tuple(replace(one, blocks=(*one.blocks, menu)) for one in told)


def introduced(partner: Partner) -> str:
    """Who somebody is: name, sector, organisation, what to talk about."""
    profile = partner.profile
    where = ", ".join(safe(one) for one in (profile.sector, profile.organisation) if one)
    about = f"\nTalk to them about: {safe(profile.about)}" if profile.about else ""
    return f"<@{partner.member}> · {where}{about}"


def to_all(
    talk: Conversation, kind: str, key: str, text: str, *more: Mapping[str, object]
) -> tuple[Message, ...]:
    """The same words to everybody in a conversation: in their direct messages, or to each alone."""
    places = (
        [("", one.member) for one in talk.staying] if talk.apart or not talk.channel else [(talk.channel, "")]
    )
    return tuple(
        Message(
            id=identity(kind, talk.id, key, member),
            community=talk.community,
            purpose=kind,
            subject=talk.id,
            channel=channel,
            member=member,
            text=text,
            blocks=(section(text), *more),
        )
        for channel, member in places
    )


def _hello(talk: Conversation, circle: Circle, *, anew: bool = False) -> str:
    who = {2: "You two", 3: "You three"}.get(len(talk.staying), "You")
    first = f"{who} are matched in *{safe(circle.name)}*."
    if anew:
        first = f"One of you can't make it this time, and that is nobody's fault. {who} go on in *{safe(circle.name)}*."
    return f"{first} How about a cup of tea, or twenty minutes on the phone?"


def _introduced(talk: Conversation, hello: str, shown: Sequence[Partner]) -> list[Block]:
    times = shared_times([one.profile for one in talk.staying])
    blocks = [section(hello), *(section(introduced(one)) for one in shown)]
    blocks.append(section(f"Something to begin with: *{safe(worded(talk.question))}*"))
    if times:
        whom = "both of you" if len(talk.staying) == 2 else "all of you"
        blocks.append(context(f"What seems to suit {whom}: {' or '.join(times)}."))
    blocks.append(
        actions(
            button("We've found a time", "match_found", talk.id, primary=True),
            button("Another question", "match_swap", talk.id),
            button("Not this time", "match_not", talk.id),
            block_id="match",
        )
    )
    return blocks


def _plain(kind: str, text: str, circle: Circle, round_: Round, member: str) -> Message:
    return Message(
        id=identity(kind, round_.id, member),
        community=circle.community,
        purpose="notice",
        subject=round_.id,
        member=member,
        text=text,
        blocks=(section(text),),
    )
