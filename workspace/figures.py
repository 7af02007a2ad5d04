"""One page of figures of a circle: words first, and the same figures as pictures."""

from collections.abc import Mapping, Sequence
from datetime import date

from practices.catalogue.forms.checkin import WEATHER
from practices.figures import BLOCK, Figures, Group, Weather
from practices.model import Circle, Message, Visit, identity
from practices.pulse import Pulse, Sums
from practices.weave import Weave
from practices.writings import ENOUGH
from workspace.blocks import Block, actions, button, context, counted, header, plain, safe, section
from workspace.pictures import Picture, bars, line
from workspace.pictures.sentences import UPLOADED, whole
from workspace.pictures.weave import TITLE as WEAVE
from workspace.pictures.weave import drawn as chords
from workspace.pulse import TOO_NEAR, in_words, over_quarters, quarter
from workspace.weave import told

Pulses = Sequence[tuple[Pulse, Sums]]  # that have closed, newest first

SAME = (
    "Everybody in this circle sees the same figures, conveners too. They never say who answered or who did not; how "
    "people arrive is added up only where five people or more are behind each sum."
)
NOT_YET = "No question has closed yet. The first figures come with the second question."
MORE_TO_SEE = "As pictures"
LATEST = 12  # weeks told in words


def page(circle: Circle, figures: Figures, pulses: Pulses, weave: Weave) -> Block:
    """The window."""
    return {
        "type": "modal",
        "title": plain("Figures"),
        "close": plain("Close"),
        "blocks": [
            section(f"*{safe(circle.name)}*"),
            *blocks_of(figures, pulses, weave),
            *(
                [actions(button(MORE_TO_SEE, "figures_pictures", circle.channel))]
                if pictures(circle, figures, pulses, weave)
                else []
            ),
            context(SAME),
        ],
    }


def wanted(circle: Circle, visit: Visit) -> Message:
    """Its pictures are to be sent to somebody; they are drawn when they are sent."""
    return Message(
        id=identity("figures", circle.id, visit.member, visit.key),
        community=visit.community,
        purpose="figures",
        subject=circle.id,
        member=visit.member,
        kind="file",
        text="",
    )


def files(drawings: Sequence[tuple[Picture, bytes]]) -> tuple[Mapping[str, object], ...]:
    """Pictures with their pixels, each with its words for those who cannot see it."""
    return tuple(
        {
            "filename": f"{one.name}.png",
            "title": one.title,
            "content": pixels,
            "alt_txt": whole(one.alt, UPLOADED),
        }
        for one, pixels in drawings
    )


def sent() -> Block:
    """In the window's place, once the pictures are on their way."""
    told = section("The pictures are on their way to our direct messages, each with its figures in words.")
    return {"type": "modal", "title": plain("Figures"), "close": plain("Close"), "blocks": [told]}


def blocks_of(figures: Figures, pulses: Pulses, weave: Weave) -> list[Block]:
    """The figures in words: the same as in the pictures."""
    return [
        part
        for title, words in (
            ("Voices", voices(figures)),
            ("How we arrive", weather(figures)),
            ("Ripples", ripples(figures)),
            ("Foundations pulse", pulse_words(pulses)),
            (WEAVE, told(weave)),
        )
        for part in (header(title), section(words))
    ]


def voices(figures: Figures) -> str:
    """How many people answered, week by week, newest first; and what they were asked about."""
    if not figures.weeks:
        return NOT_YET
    lines = [f"{_day(week.on)}: {heard_of(week.voices)}" for week in figures.weeks[::-1]]
    told = "\n".join(lines[:LATEST])
    heard = f"{figures.well_heard} of {counted(len(figures.weeks), 'week', 'weeks')} had five voices or more."
    themes = ", ".join(f"{theme} ({times})" for theme, times in figures.themes)
    return f"{told}\n{heard}\nThemes: {themes}."


def heard_of(voices: int) -> str:
    """So many voices; where there were none, nobody counts them."""
    return counted(voices, "voice", "voices") if voices else "quiet"


def weather(figures: Figures) -> str:
    """The weather of the last questions that were added up."""
    found = figures.weather
    if found is None:
        return f"This is added up over {BLOCK} questions, once they have closed."
    when = _span(found)
    if not found.groups:
        return f"{when}: fewer than five people said how they arrive, so nothing is added up."
    if not _tells(found):
        return f"{when}\nAny weather: {counted(found.groups[0].answers, 'time', 'times')}. {TOO_NEAR}"
    lines = [f"{what}: {counted(count, 'time', 'times')}" for what, count in _weather_rows(found.groups)]
    return f"{when}\n" + "\n".join(lines)


def ripples(figures: Figures) -> str:
    """Where something of this work turned up."""
    if not figures.ripples:
        return "None shared yet."
    lines = [f"{place}: {count}" for place, count in figures.ripples]
    return "\n".join([*lines, *([_together(figures)] if figures.together else [])])


def pictures(
    circle: Circle, figures: Figures, pulses: Pulses, weave: Weave | None = None
) -> tuple[Picture, ...]:
    """The same figures, drawn."""
    drawn: list[Picture] = []
    if figures.weeks:
        points = [(_day(week.on), week.voices) for week in figures.weeks]
        marked = f"{figures.well_heard} of {counted(len(points), 'week', 'weeks')} had five voices or more."
        title = f"{circle.name[:60]}: voices, week by week"
        drawn.append(line("voices", title, points, mark=ENOUGH, marked=marked))
    if (found := figures.weather) and _tells(found):
        title = f"{circle.name[:60]}: how we arrived, {_span(found)}"
        note = "How many times it was said. Each sum has five people or more behind it."
        drawn.append(bars("weather", title, _weather_rows(found.groups), note))
    if figures.ripples:
        title = f"{circle.name[:60]}: where ripples turned up"
        drawn.append(bars("ripples", title, figures.ripples, _together(figures) if figures.together else ""))
    return (*drawn, *over_quarters(circle, pulses), *([chords(weave)] if weave and weave.chords else []))


def twin(circle: Circle, figures: Figures, pulses: Pulses, weave: Weave) -> str:
    """What the message with the pictures says: all of it in words."""
    pulse = "\n\n".join(pulse_words(pulses[one:]) for one in range(len(pulses) or 1))
    return (
        f"*{safe(circle.name)}*\n*Voices*\n{voices(figures)}\n\n*How we arrive*\n{weather(figures)}\n\n"
        f"*Ripples*\n{ripples(figures)}\n\n*Foundations pulse*\n{pulse}\n\n"
        f"*{WEAVE}*\n{told(weave)}"
    )


def pulse_words(pulses: Pulses) -> str:
    """The newest pulse's sums."""
    if not pulses:
        return "None yet. It is proposed to conveners in the last month of each quarter."
    pulse, sums = pulses[0]
    return f"{quarter(pulse.quarter)}\n" + "\n".join(in_words(sums))


def _weather_rows(groups: Sequence[Group]) -> list[tuple[str, int]]:
    told = dict(WEATHER)
    return [
        (" or ".join(told[step].lower() for step in one.steps).capitalize(), one.answers) for one in groups
    ]


def _tells(found: Weather) -> bool:
    """Whether there is more to see than that people named some weather."""
    return len(found.groups) > 1


def _span(found: Weather) -> str:
    days = [_day(found.since), _day(found.until)]
    return " to ".join(days if found.since != found.until else days[:1])


def _together(figures: Figures) -> str:
    return f"At {figures.together} of them, two or more of us were there."


def _day(on: date) -> str:
    return f"{on.day} {on:%b}"
