"""python -m tests.house.reference: writes docs/reference/ and .env.example from the code (`make docs`)."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from pydantic_core import PydanticUndefined

from bot.__main__ import main as togetherness
from bot.config import documented
from playground.__main__ import main as playground
from practices.catalogue import BANK, THEMES
from practices.catalogue.forms import FORMS
from practices.commands import ALSO, WORDS
from practices.forms import LADDER, Form, Visibility
from practices.keeping import (
    ANSWERS_CHOICES,
    ANSWERS_MONTHS,
    DRAFT_KEPT,
    HERS_MONTHS,
    KEPT_CHOICES,
    KEPT_MONTHS,
    WEATHER_KEPT,
)
from practices.lasting import ASKED_AGAIN, ASKED_BEFORE, STILL, YEAR
from practices.longkept import BETWEEN_MONTHS
from practices.pulse import SUMS_KEPT, WORDS_KEPT
from practices.refusals import Refusal
from practices.writings import ROLES, Role, may_read
from store.lasting import PLACES_KNOWN
from store.matches.openings import INTRODUCTION_KNOWN
from store.outbox import LOG_KEPT
from store.visits import REMEMBERED
from tests.house.rooms import ROOT
from workspace.commands import EXAMPLES
from workspace.manifest import ALIASES, EVENTS, SCOPES, SHORTCUTS
from workspace.writings import SEALED, SEEN

REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- `make docs` writes this page from {}. Change it there. -->"


def pages() -> dict[Path, str]:
    """Every generated page, as it should be now."""
    return {
        ROOT / ".env.example": "\n".join(env_example()) + "\n",
        REFERENCE / "settings.md": "\n".join(settings()) + "\n",
        REFERENCE / "command-line.md": "\n".join(command_line()) + "\n",
        REFERENCE / "commands.md": "\n".join(commands()) + "\n",
        REFERENCE / "app.md": "\n".join(app()) + "\n",
        REFERENCE / "refusals.md": "\n".join(refusals()) + "\n",
        REFERENCE / "questions.md": "\n".join(questions()) + "\n",
        REFERENCE / "forms.md": "\n".join(forms()) + "\n",
        REFERENCE / "keeping.md": "\n".join(keeping()) + "\n",
    }


def env_example() -> Iterator[str]:
    """Every setting, commented out, with its sentence."""
    yield "# Every setting there is. Copy this file to .env, and take the # off what you set."
    yield "# What is written in the environment counts more than what is written in .env."
    for name, (sentence, default) in documented().items():
        needed = default is PydanticUndefined
        yield ""
        yield f"# {sentence}{' It is needed.' if needed else ''}"
        yield f"#{name}={'' if needed else default}"


def settings() -> Iterator[str]:
    """The page of settings."""
    yield MADE.format("bot/config.py")
    yield "# Settings"
    yield ""
    yield "Set them in the environment or in a file called `.env` beside the bot; the environment counts more."
    yield "[`.env.example`](../../.env.example) has them all, ready to copy. A wrong or unknown setting stops the bot"
    yield "at start with one sentence that says which, and what is expected. Time zones and bank holidays are no"
    yield "settings: each circle has its own."
    yield ""
    yield "| setting | what it is | if you leave it out |"
    yield "| --- | --- | --- |"
    for name, (sentence, default) in documented().items():
        left_out = (
            "the bot does not start"
            if default is PydanticUndefined
            else f"`{default}`"
            if default
            else "nothing"
        )
        yield f"| `{name}` | {cell(sentence)} | {left_out} |"
    yield ""
    yield "`SLACK_APP_TOKEN` connects by Socket Mode, where nothing has to be reachable from outside. Without it the"
    yield "bot listens for Slack's signed requests at `/slack/events`, and then needs `SLACK_SIGNING_SECRET`."


def command_line() -> Iterator[str]:
    """The page of commands a host types."""
    yield MADE.format("bot/commands/ and playground/__main__.py")
    yield "# The command line"
    yield ""
    yield "For whoever looks after the bot. Exit codes: 0 done; 1 declined, with one sentence on stderr; 2 wrong usage."
    yield "`--help` after any of them says the same as this page."
    for name, command in subcommands(parser_of(togetherness)).items():
        yield ""
        yield f"## togetherness {name}"
        yield from described(command)
    yield ""
    yield "## python -m playground"
    yield from described(parser_of(playground))


def described(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What one command does, its options, an example."""
    about = (parser.description or "").rstrip(".")
    yield ""
    yield f"{about[:1].upper()}{about[1:]}."
    options = [one for one in parser._actions if not isinstance(one, argparse._HelpAction)]
    if options:
        yield ""
        yield "| option | what it does | if you leave it out |"
        yield "| --- | --- | --- |"
    for one in options:
        called = ", ".join(f"`{name}`" for name in one.option_strings) or f"`{one.metavar or one.dest}`"
        left_out = "" if one.default in (None, False, "", []) else f"`{one.default}`"
        yield f"| {called} | {cell(one.help or '')} | {left_out} |"
    if parser.epilog:
        yield ""
        example = parser.epilog.removeprefix("Example: ")
        yield f"Example: `{example}`"


def commands() -> Iterator[str]:
    """The page of what a member types."""
    yield MADE.format("practices/commands.py and workspace/commands.py")
    yield "# What you can type in Slack"
    yield ""
    yield "One command. Nobody needs to learn it: `/together` alone shows a short menu, and everything has a button."
    yield "A word that is nearly right is taken for the nearest right one, and the bot says so. Whoever looks after the"
    yield "bot can give the command another word ([settings](settings.md), `TOGETHERNESS_COMMAND_WORD`)."
    yield ""
    yield "| type | to | also understood |"
    yield "| --- | --- | --- |"
    for word in WORDS:
        also = ", ".join(f"`{other}`" for other, meant in ALSO.items() if meant == word)
        yield f"| `/together {word}` | {cell(EXAMPLES[word])} | {also} |"


def app() -> Iterator[str]:
    """The page of what the app is allowed, and why."""
    yield MADE.format("workspace/manifest.py")
    yield "# What the app asks Slack for"
    yield ""
    yield "`togetherness manifest` prints all of this for Slack; the [quickstart](../quickstart.md) says where it goes."
    yield "It is the least that the bot can do its work with; the playground refuses it anything beyond, in every test."
    yield from ("", "## Scopes", "", "| scope | for |", "| --- | --- |")
    for scope, why in SCOPES.items():
        yield f"| `{scope}` | {why} |"
    yield from ("", "## Events", "", "| event | why |", "| --- | --- |")
    for event, why in EVENTS.items():
        yield f"| `{event}` | {why} |"
    yield from ("", "## Shortcuts", "", "| shortcut | where | callback ID |", "| --- | --- | --- |")
    for kind, id_, name, _ in SHORTCUTS:
        where = "in the menu of a message" if kind == "message" else "everywhere"
        yield f"| {name} | {where} | `{id_}` |"
    yield from ("", "## Commands of their own", "")
    yield "`/together` always; with `--alias WORD` any of these too, as if the word stood after `/together`:"
    yield ", ".join(f"`/{word}`" for word in ALIASES) + "."


def refusals() -> Iterator[str]:
    """The page of what the bot declines."""
    yield MADE.format("practices/refusals/")
    yield "# What the bot declines"
    yield ""
    yield "Each time it says why, and what to do instead. In a modal the sentence stands at the field it is about, and"
    yield "what you typed stays. Words in braces are filled in."
    yield ""
    yield "| the bot says | at the field | in the code |"
    yield "| --- | --- | --- |"
    for refusal in every_refusal(Refusal):
        field = f"`{refusal.field}`" if refusal.field else ""
        yield f"| {cell(sentence_of(refusal))} | {field} | `{refusal.__name__}` |"
    yield ""
    yield "When something breaks on our side instead, the bot says so and gives a short number to quote. Whoever looks"
    yield "after the bot finds the incident in the log under that number, without anybody's words."


def forms() -> Iterator[str]:
    """The page of reflection forms: what each asks, and who reads what."""
    yield MADE.format("practices/catalogue/forms/ and practices/writings/")
    yield "# Reflection forms"
    yield ""
    yield "Two taps and the words. Every form ends with who sees it; that is its author's, and can be changed for ever."
    for form in FORMS:
        kept = f"{form.months} months" if form.months else "until its author deletes it"
        yield from (
            "",
            f"## {form.title}",
            "",
            f"{form.about} `{form.key}`, about {form.minutes:g} min, kept {kept}.",
        )
        yield from ("", "| asks | | at most |", "| --- | --- | --- |")
        for ask in form.asks:
            of = ", ".join(label for _, label in ask.choices)
            most = (
                f"{ask.limit} people"
                if ask.kind == "people"
                else f"{ask.limit} characters"
                if ask.limit
                else of
            )
            yield f"| {ask.label}{' (needed)' if ask.required else ''} | {ask.kind} | {most} |"
        yield from ("", f"At first: *{SEEN[form.preset][0]}*. Who reads it:", "")
        yield from _matrix(form)
    yield from ("", "## What each step means", "", "| step | what it means |", "| --- | --- |")
    for step in LADDER:
        yield f"| {SEEN[step][0]} | {SEEN[step][1]} |"
    yield f"| {SEALED[0]} | {SEALED[1]} |"
    yield ""
    yield "A convener is one of the circle's; a member is in its channel, and so is a guest, as Slack has guests."
    yield "*Elsewhere* is a full member of the workspace who is not in the channel; an admin of it is only that."
    yield "*If public*: a circle's channel may be public. Then any full member can open it in Slack and read what"
    yield "stands there, and finds it in the memory if it is kept. What stands in a private channel is read by"
    yield "its people only. *Everyone here* can be chosen in public channels only. Of the foundations pulse"
    yield "nobody reads one person's answers: only sums of five people or more, and words in no order."
    yield ""
    yield "Whoever runs the server could, technically, read what a key of theirs opens; see"
    yield "[Look after the keys](../how-to/look-after-the-keys.md)."


def keeping() -> Iterator[str]:
    """The page of what is kept, and until when."""
    yield MADE.format(
        "practices/catalogue/forms/, practices/keeping.py, practices/lasting.py, practices/longkept.py and "
        "practices/pulse.py"
    )
    yield "# What is kept, and until when"
    yield ""
    yield "The bot looks once an hour for what has had its time. It goes from the database, from Slack where the bot"
    yield "posted it, and from the memory and its index. What somebody said in Slack herself stands there; the bot"
    yield "keeps no copy of it then. *What I wrote* tells each author until when each thing of hers is kept; changing"
    yield "it makes nothing stay longer. She can delete everything before, and *Forget me* comes before all of this."
    yield ""
    yield "| what | kept | then |"
    yield "| --- | --- | --- |"
    for form in FORMS:
        if form.key != "pulse":
            kept = f"{form.months} months" if form.months else "until its author deletes it"
            then = (
                "it goes, with its card"
                if form.months
                else f"she is asked after {HERS_MONTHS} months (below)"
            )
            yield f"| {form.title} | {kept} | {then} |"
    for row in TERMS:
        yield "| " + " | ".join(row) + " |"
    yield ""
    yield "A form of your own is kept for as many `months` as you say, or until its author deletes it"
    yield "([Make a form](../how-to/make-a-form.md)). Where a form is changed to be kept for longer or shorter, that is"
    yield "true of what is written from then on: what was promised before is held."
    yield ""
    yield "## What a circle says"
    yield ""
    yield "Its conveners choose with `/together circle` how long answers to its questions are kept"
    yield f"({_choices(ANSWERS_CHOICES)}), and its threads and maps ({_choices(KEPT_CHOICES)}). The channel"
    yield "reads what changes, and where something is kept longer, why. It is true of questions that are asked, and of"
    yield "threads and maps that are kept or move, from then on: what was promised before is held."
    yield ""
    yield "## What is its author's to keep"
    yield ""
    yield f"Nothing of it goes by itself. After {HERS_MONTHS} months its author is asked in a direct message, about all"
    yield "that has lain so long together: keep it, look at it, delete it. Changing a thing is an answer too. She is"
    yield f"asked once in {BETWEEN_MONTHS} months at most, and about the same thing after another {HERS_MONTHS}. She"
    yield "is not asked about a line that stands without her name: nobody looks up whose it is."
    yield ""
    yield "## Before a kept thread or a map goes"
    yield ""
    before, once_more, still = (one.days // 7 for one in (ASKED_BEFORE, ASKED_AGAIN, STILL))
    yield f"The circle's conveners get one message, {before} weeks before, about all that goes in their channel:"
    yield "*Keep another year*, *Let it go*, or *Look at it*, where each can be read or taken along, or kept by"
    yield "itself. Where a channel has no circle, whoever holds a map or chose a thread is asked. One answer is"
    yield "enough, the others hear of it, and until the day itself *Keep another year* is still there. Where"
    yield f"nobody answers, they are asked once more after {once_more} weeks; then it goes on the day said,"
    yield f"{still} weeks after that at the earliest. Nothing goes about which nobody could be asked: then it is"
    yield "tried again in a month."


def _choices(months: tuple[int, ...]) -> str:
    return ", ".join(str(one) for one in months[:-1]) + f" or {months[-1]} months"


# What is kept beside what people write in forms with their names.
TERMS = (
    (
        "Answers to a circle's question",
        f"{ANSWERS_MONTHS} months, or as the circle says; in a kept thread as long as the thread",
        "they go, with their cards and what a digest quotes of them; how many voices there were stays",
    ),
    (
        "Kept threads",
        f"{KEPT_MONTHS} months from when each was kept, or as the circle says; {YEAR} more as often as a convener "
        "wishes",
        "conveners are asked first (below); then they go from the memory, and stand in Slack only",
    ),
    (
        "Both/and maps, with their threads in the memory",
        f"{KEPT_MONTHS} months from when the map moved last, or was looked at, or as the circle says; {YEAR} more as "
        "often as a convener wishes",
        "conveners are asked first (below); then they go, with what the bot posted of them",
    ),
    (
        "How somebody arrives",
        f"{WEATHER_KEPT.days} days as she said it",
        "sums over four questions stay, as far as five people stand behind each",
    ),
    (
        "Lines without a name that are shown together",
        "as their form says, counted from the first of them",
        "they go together, so that none tells when it was written",
    ),
    (
        "Sealed answers, and who has sealed one",
        "12 months from the gathering they are about",
        "all of a gathering go together",
    ),
    (
        "Foundations pulse",
        f"sums {SUMS_KEPT.days} days, words {WORDS_KEPT.days} days",
        "what each person answered goes when the pulse closes",
    ),
    (
        "Whom to remind of a question, and who is just listening",
        "until the question closes",
        "how often in a row nothing came back stays as a number, beside how often somebody wants to be reminded",
    ),
    ("Drafts", f"{DRAFT_KEPT.days} days, to the end of the day", "they go"),
    (
        "The log of what was said, without words",
        f"{LOG_KEPT.days} days",
        f"it goes; where a match was introduced is known for {INTRODUCTION_KNOWN.days} days, where what is written "
        "after it stands, as long as that is kept; and of what "
        f"conveners are asked about what goes, for {PLACES_KNOWN.days} days",
    ),
    (
        "Numbers of deliveries, and where something was deleted",
        f"{REMEMBERED.total_seconds() / 3600:g} hours",
        "they go",
    ),
)


def _matrix(form: Form) -> Iterator[str]:
    """Who reads what of a form, by step and role."""
    yield "| step | " + " | ".join(ROLES) + " |"
    yield "| --- |" + " --- |" * len(ROLES)
    for step in form.ladder:
        yield f"| {SEEN[step][0]} | " + " | ".join(_cell(step, role) for role in ROLES) + " |"
    if form.seals:  # and stands among other people's, as a line without a name does
        yield f"| {SEALED[0]} | " + " | ".join(_cell("unnamed", role) for role in ROLES) + " |"


def _cell(step: Visibility, role: Role) -> str:
    if may_read(step, role, public=False):
        return "reads"
    return "if public" if may_read(step, role, public=True) else "-"


def questions() -> Iterator[str]:
    """The page of the question bank."""
    yield MADE.format("practices/catalogue/")
    yield "# The questions"
    yield ""
    yield f"The bank holds {len(BANK)} questions in {len(THEMES)} themes. Each can be answered in a sentence, and each"
    yield "may be passed. Themes take turns; two deep questions never follow each other, and none comes in a circle's"
    yield "first four weeks; a question rests for half a year before it comes back."
    for theme in THEMES:
        yield ""
        yield f"## {theme}"
        yield ""
        for question in BANK:
            if question.theme == theme:
                yield f"- {question.text} ({question.depth})"


def sentence_of(refusal: type[Refusal]) -> str:
    """A refusal's sentence, on one line."""
    return " ".join((refusal.__doc__ or "").split())


def every_refusal(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """All kinds of refusal, in the order of the code."""
    for one in kind.__subclasses__():
        yield one
        yield from every_refusal(one)


class _Found(Exception):
    """The parser that a command line has built."""


def parser_of(main: Callable[[], int]) -> argparse.ArgumentParser:
    """The parser a program builds before it reads what was typed."""

    def stop(parser: argparse.ArgumentParser, *_: object) -> None:
        raise _Found(parser)

    with patch.object(argparse.ArgumentParser, "parse_known_args", stop):
        try:
            main()
        except _Found as found:
            parser: argparse.ArgumentParser = found.args[0]
            return parser
    raise AssertionError("it reads no command line")


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """A program's commands by name."""
    return next(dict(one.choices) for one in parser._actions if isinstance(one, argparse._SubParsersAction))


def cell(text: str) -> str:
    """Text that fits into a cell of a table."""
    return text.replace("|", "\\|")


def main() -> int:
    """Write every page that has changed, and say which."""
    for path, text in pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
