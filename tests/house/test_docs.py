"""The docs say what there is: every setting, command, refusal and call, and no link leads nowhere."""

import argparse
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from bot.__main__ import main as togetherness
from bot.config import documented
from playground import schemas
from playground.__main__ import main as playground_main
from playground.server import Playground
from playground.table import row
from playground.web_api import METHODS
from practices.commands import ALSO, WORDS
from practices.refusals import Refusal
from tests.house import reference
from tests.house.rooms import ROOT, TOP

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = ROOT / "docs" / "reference"


def read(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def called(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# As fresh as the code


@pytest.mark.parametrize("page", reference.pages(), ids=called)
def test_a_generated_page_says_what_the_code_says(page: Path) -> None:
    assert page.exists(), "run: make docs"
    assert page.read_text("utf-8") == reference.pages()[page], (
        f"{called(page)} is out of date; run: make docs"
    )


# Complete, whatever the generator does


@pytest.mark.parametrize("name", documented())
def test_every_setting_has_a_sentence_in_the_docs_and_in_the_example(name: str) -> None:
    sentence, _ = documented()[name]

    assert sentence.endswith("."), f"{name} has no sentence: write one below the field in bot/config.py"
    assert f"`{name}` | {sentence}" in read("docs/reference/settings.md")
    assert re.search(rf"^# {re.escape(sentence)}.*\n#{name}=", read(".env.example"), re.MULTILINE)


def test_every_command_and_option_of_the_command_line_is_in_the_docs() -> None:
    page = read("docs/reference/command-line.md")
    commands = reference.subcommands(reference.parser_of(togetherness))
    parsers = {
        **{f"togetherness {n}": p for n, p in commands.items()},
        "playground": reference.parser_of(playground_main),
    }

    for name, parser in parsers.items():
        assert name in page
        assert parser.description, name
        assert "Example: " in (parser.epilog or ""), f"{name} --help needs an example"
        for option in parser._actions:
            if not isinstance(option, argparse._HelpAction):
                assert option.help, f"{name} {option.dest} has no help"
                assert all(f"`{one}`" in page for one in option.option_strings or [option.metavar]), (
                    option.dest
                )


def test_every_word_a_member_can_type_is_in_the_docs() -> None:
    page = read("docs/reference/commands.md")

    assert [word for word in WORDS if f"`/together {word}`" not in page] == []
    assert [word for word in ALSO if f"`{word}`" not in page] == []


def test_every_refusal_is_in_the_docs_in_its_own_words() -> None:
    page = read("docs/reference/refusals.md")

    for refusal in reference.every_refusal(Refusal):
        assert reference.sentence_of(refusal).replace("|", "\\|") in page, refusal.__name__


def test_every_call_of_the_playgrounds_control_api_is_in_the_docs() -> None:
    playground, page = Playground(), read("docs/reference/playground.md")
    calls = {(route.method, route.path) for route in playground._control.routes()}

    assert len(calls) > 10
    assert [
        f"{method} {path}" for method, path in calls if not re.search(rf"`{method} {path}[`\[? ]", page)
    ] == []


def test_the_docs_say_of_every_method_of_slacks_what_becomes_of_it() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (.+) \|$", read("docs/reference/playground.md"), re.MULTILINE)
    said = {what: re.findall(r"`([a-zA-Z]+\.[a-zA-Z.*]+)`", names) for what, names in rows}
    only_for_people = said.pop("only for people (`not_allowed_token_type`)")
    unknown = said.pop("not pretended (`unknown_method`)")
    kept = {name for names in said.values() for name in names}
    methods = schemas.read("methods.json")["methods"]

    assert kept & methods.keys() == METHODS.keys()
    for name in methods.keys() - METHODS.keys():
        found = row(name)
        named = only_for_people if found and found.only_for_users else unknown
        assert any(fnmatchcase(name, pattern) for pattern in named), name
    for name in METHODS:
        assert not any(fnmatchcase(name, pattern) for pattern in only_for_people + unknown), name


def test_every_act_of_a_member_is_in_the_docs() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", read("docs/reference/playground.md"), re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", "\n".join(rows)))

    assert set(Playground().workspaces.first.acts._table) <= named


# True


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_of(page: Path) -> str:
    """What a page shows as code: in backticks, and in blocks, fenced or indented."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^    (.+)$", text, re.MULTILINE)
    return "\n".join([*blocks, *indented, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_file_that_is_named_exists(page: Path) -> None:
    rooms = "|".join((*TOP, "docs"))
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", page.read_text("utf-8"))

    assert [name for name in named if not (ROOT / name).exists() and not name.startswith("reading/")] == []


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_make_and_togetherness_command_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    code = code_of(page)
    commands = reference.subcommands(reference.parser_of(togetherness))

    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= targets
    assert set(re.findall(r"(?:^|\n)togetherness ([a-z]+)", code)) <= set(commands)


def test_the_readme_shows_a_picture_and_the_two_commands() -> None:
    readme = read("README.md")

    assert "docs/pictures/playground.png" in readme
    assert (ROOT / "docs/pictures/playground.png").stat().st_size < 400_000
    assert "make play" in readme
    assert "make test" in readme


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            target = (page.parent / link).resolve()
            if target.suffix == ".md" and target.exists() and target not in seen:
                waiting.append(target)

    assert [called(page) for page in PAGES if page not in seen] == []
