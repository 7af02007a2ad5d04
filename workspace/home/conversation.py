"""Her next conversation: whom she is matched with, when the next round comes, and how to join."""

from practices.away import gone
from practices.forms import Forms
from practices.home import Matched, Page
from practices.matches.conversations import Conversation
from practices.rhythm import local_day
from workspace import blocks
from workspace.blocks import Block, actions, button, day, moment, safe
from workspace.home.parts import Part, Row

WAITS = "I am looking for somebody for you to talk with in this round."


def section(page: Page, word: str, forms: Forms) -> Part | None:
    rows = tuple(_row(one, page) for one in page.matches)
    return Part("Your next conversation", rows=rows) if rows else None


def _row(one: Matched, page: Page) -> Row:
    circle, name = one.circle, f"*{safe(one.circle.name)}*"
    if one.mine is None:
        text = f"{name} has match rounds: a conversation with somebody you would not meet otherwise."
        join = button("Join", "match_join", circle.channel, label_for_all=f"Join in {circle.name}"[:75])
        return (blocks.section(text, accessory=join),)
    lines = [f"{name}: {_talk(talk, page)}" for talk in one.talks]
    if one.waits:
        lines.append(f"{name}: {WAITS}")
    lines.append(_coming(one, page) if lines else f"{name}: {_coming(one, page)}")
    return blocks.section("\n".join(lines)), actions(*_buttons(one))


def _talk(talk: Conversation, page: Page) -> str:
    others = " and ".join(f"<@{one.member}>" for one in talk.staying if one.member != page.member)
    if talk.found:
        return f"you meet {others} on {moment(talk.found, page.zone)}."
    return f"you are matched with {others}."


def _coming(one: Matched, page: Page) -> str:
    today = local_day(page.now, page.zone)
    now = [each for each in one.mine.profile.away if gone((each,), today)] if one.mine else []
    if now:
        return f"You are away until {day(max(each.until for each in now), year=True)}."
    if one.coming is None:
        return "No round is ahead just now."
    when = moment(one.coming.opens, page.zone)
    if one.said == "skip":
        return f"The next round opens on {when}; you leave it out."
    return f"The next round opens on {when}."


def _buttons(one: Matched) -> list[Block]:
    circle = one.circle
    found: list[Block] = []
    for talk in one.talks[:1]:
        label = "Change the time" if talk.found else "We've found a time"
        found += [
            button(label, "match_found", talk.id, primary=not talk.found),
            button("Not this time", "match_not", talk.id),
        ]
    if one.waits:
        found.append(button("Stop waiting", "match_stop", one.waits.id))
    change = button("Change", "match_join", circle.channel, label_for_all=f"Change {circle.name}"[:75])
    return [*found, change, button("I am away", "away")]
