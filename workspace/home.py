"""The App Home: what is open for me now, and my circles."""

from collections.abc import Sequence

from practices.model import Circle, Prompt
from workspace.blocks import Block, actions, button, context, day, divider, header, safe, section
from workspace.circles import WEEKDAYS


def home(
    member: str, prompts: Sequence[Prompt], circles: Sequence[Circle], word: str, *, never: bool
) -> Block:
    """What one member sees."""
    blocks: list[Block] = [header("Open for you now")]
    for prompt in prompts[:20]:
        blocks += [
            section(f"*{safe(prompt.text)}*\nin <#{prompt.channel}>, open till {day(prompt.open_until)}"),
            actions(button("Answer", "answer", prompt.id, primary=True)),
        ]
    if not prompts:
        blocks.append(section("Nothing just now. The next question comes by itself."))
    blocks += [divider(), header("Your circles")]
    for circle in circles[:20]:
        rhythm = circle.rhythm
        blocks.append(
            section(
                f"*{safe(circle.name)}* in <#{circle.channel}>: {WEEKDAYS[rhythm.weekday]}s at {rhythm.at:%H:%M}",
                accessory=button(
                    "Change", "set_up", circle.channel, label_for_all=f"Change {circle.name}"[:75]
                )
                if member in circle.conveners
                else None,
            )
        )
        blocks.append(
            actions(
                button("Figures", "figures", circle.channel, label_for_all=f"Figures of {circle.name}"[:75])
            )
        )
    if not circles:
        blocks.append(section(f"None yet. Invite me to a channel, then type `/{word} circle` there."))
    blocks += [divider(), header("What you write")]
    blocks.append(
        section("A moment worth keeping, a ripple, an old story told again: for yourself, or to share.")
    )
    mine = [button("Write something", "menu_reflect", word), button("What I wrote", "my_writings")]
    if any(member in circle.conveners for circle in circles):
        mine.append(button("Written for conveners", "for_conveners"))
    blocks.append(actions(*mine))
    blocks += [divider(), header("Your words in our memory")]
    if never:
        blocks.append(section("None of your words are kept, wherever threads are kept."))
        blocks.append(actions(button("Keep my words again", "keep_my_words")))
    else:
        blocks.append(section("Where a thread is kept, your words in it are kept, unless you say otherwise."))
        blocks.append(actions(button("Never keep my words", "never_keep")))
    blocks.append(context("Only you see this page."))
    return {"type": "home", "blocks": blocks}
