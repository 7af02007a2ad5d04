"""Who is reminded of an open question and when: only who said yes, once, in her own working hours; and when fewer would
do."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from practices.away import Away, gone
from practices.matches.rounds import working_moment
from practices.model import Prompt
from practices.refusals import NoTimeLeft
from practices.rhythm import TIME_TO_ANSWER, Lateness, Rhythm, instant, lateness, local_day

Pace = Literal["never", "every", "second", "monthly", "invited"]
State = Literal["coming", "tomorrow", "not wanted", "said", "heard", "let go"]
Verdict = Literal["say", "ask less", "let go"]

PACES: tuple[Pace, ...] = ("never", "every", "second", "monthly", "invited")
FEWER: tuple[Pace, ...] = ("every", "second")  # of which fewer can be offered
SHARE = 0.6  # of the time for which a question is open
MONTH = timedelta(days=28)
UNHEARD = 3  # reminders in a row after which the bot asks less
TOGETHER = 10  # questions in one reminder
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """How often somebody wants to be reminded, in all her circles."""

    pace: Pace = "never"  # nobody is reminded who has not said yes
    chosen_on: date = date.min
    last_on: date | None = None  # the day of her last reminder
    unheard: int = 0  # reminders in a row to which nothing came back
    asked: bool = False  # whether fewer would do, once since she chose


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands towards a question of which she may be reminded."""

    prompt: Prompt
    rhythm: Rhythm
    wish: Wish
    zone: str  # of her own clock
    state: State
    answered: bool
    here: bool  # in the circle's channel, as far as it is known
    resting: bool = False  # the circle asks nothing just now
    away: tuple[Away, ...] = ()  # from the circle


def due_at(opened: datetime, closes: datetime) -> datetime:
    """When a question that is open for so long is reminded of: at three fifths."""
    return opened + (closes - opened) * SHARE


def closes(prompt: Prompt, rhythm: Rhythm) -> datetime:
    """When a question closes, in UTC: as the next one comes."""
    return instant(prompt.open_until, rhythm.at, rhythm.zone)


def moment(after: datetime, prompt: Prompt, rhythm: Rhythm, zone: str) -> datetime | None:
    """This moment, or the first after it that is between nine and five on her own clock, on a working day of the circle
    that is not quiet; None where that leaves less than an hour to answer."""
    latest = closes(prompt, rhythm) - TIME_TO_ANSWER
    at = working_moment(after, latest, replace(rhythm, zone=zone))
    return at if at and at <= latest else None


def tomorrow(now: datetime, prompt: Prompt, rhythm: Rhythm, zone: str) -> datetime:
    """The next working morning on her clock. Raises NoTimeLeft where the question closes before."""
    at = moment(instant(local_day(now, zone) + _DAY, time(), zone), prompt, rhythm, zone)
    if at is None:
        raise NoTimeLeft
    return at


def wants(wish: Wish, prompt: Prompt, day: date) -> bool:
    """Whether she would like to be reminded of this question on this day. Every second question is that of every second
    week, counted from the one in which she chose."""
    match wish.pace:
        case "every":
            return True
        case "second":
            monday = wish.chosen_on - _DAY * wish.chosen_on.weekday()
            return (prompt.local_date - monday).days // 7 % 2 == 0
        case "monthly":
            return wish.last_on is None or day - wish.last_on >= MONTH
        case "invited":
            return prompt.invited
        case "never":
            return False


def open_still(one: Standing) -> bool:
    """Whether there is still something to be reminded of: it is open, she has neither answered nor said that she only
    listens, and she can read it."""
    prompt = one.prompt
    stands = prompt.ts is not None and not (prompt.closed or prompt.withdrawn or one.resting)
    return stands and one.here and not one.answered and one.state != "not wanted"


def verdict(one: Standing, due: datetime, now: datetime) -> Verdict | datetime:
    """What becomes of a reminder that was due: it is said, or put off until then, or let go. In the place of one too
    many, she is asked whether fewer would do. What comes late is let go, unless she asked for it herself."""
    at = moment(now, one.prompt, one.rhythm, one.zone)
    if at is None or not open_still(one):
        return "let go"
    if one.state == "tomorrow":
        return "say" if at <= now else at
    late = lateness(due, now, one.zone) is Lateness.TOO_LATE
    today = local_day(now, one.zone)
    if late or at > now or gone(one.away, today) or not wants(one.wish, one.prompt, today):
        return "let go"
    tired = one.wish.unheard >= UNHEARD and one.wish.pace in FEWER and not one.wish.asked
    return "ask less" if tired else "say"


def once_said(one: Standing) -> State:
    """What becomes of a reminder that is said: of one that she asked for herself something came back already."""
    return "heard" if one.state == "tomorrow" else "said"


def chosen(pace: Pace, today: date, before: Wish) -> Wish:
    """A wish as it is from today on; what was counted begins anew."""
    return Wish(pace, today, before.last_on)


def lessened(wish: Wish) -> Wish:
    """Once a month from now on, unless she says otherwise; she is not asked a second time."""
    return replace(wish, pace="monthly", unheard=0, asked=True)


def as_before(wish: Wish, pace: Pace) -> Wish:
    """She would rather be reminded as before, and is not asked again; unless she has chosen herself since."""
    return replace(wish, pace=pace, unheard=0) if wish.asked else wish


def reminded(wish: Wish, on: date) -> Wish:
    """She has been reminded on this day."""
    return replace(wish, last_on=on)
