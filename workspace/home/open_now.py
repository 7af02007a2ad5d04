"""What is open for her now: questions that she can answer, and has not yet first."""

from zoneinfo import ZoneInfo

from practices.catalogue.forms.pulse import FORM as PULSE
from practices.forms import Forms
from practices.home import Page
from practices.model import Prompt
from practices.pulse import Pulse
from workspace import blocks
from workspace.blocks import Block, actions, button, day, safe
from workspace.home.parts import Part, Row

NOTHING = "Nothing just now. The next question comes by itself."


def section(page: Page, word: str, forms: Forms) -> Part:
    asked = sorted(page.prompts, key=lambda one: one.id in page.answered)
    rows = (*(_pulse_row(one, page) for one in page.pulses), *(_row(one, page) for one in asked))
    nothing: tuple[Block, ...] = () if rows else (blocks.section(NOTHING),)
    return Part("Open for you now", above=nothing, rows=rows)


def _pulse_row(pulse: Pulse, page: Page) -> Row:
    assert pulse.closes_at
    till = day(pulse.closes_at.astimezone(ZoneInfo(page.zone)).date())
    return (
        blocks.section(f"*{PULSE.title}*\nin <#{pulse.channel}>, open till {till}"),
        actions(button("Answer", "pulse_answer", pulse.id, primary=True)),
    )


def _row(prompt: Prompt, page: Page) -> Row:
    where = f"in <#{prompt.channel}>, open till {day(prompt.open_until)}"
    done = prompt.id in page.answered
    return (
        blocks.section(f"*{safe(prompt.text)}*\n{'You have answered, ' if done else ''}{where}"),
        actions(button("Answer again" if done else "Answer", "answer", prompt.id, primary=not done)),
    )
