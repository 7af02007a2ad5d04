"""One noun, one file name, in every room; and every module says what it is for."""

import ast
from string import Formatter

from tests.house.rooms import ROOMS, ROOT, modules, named, tree

# A capability: `git ls-files '*/matches.py'` lists a whole feature.
NOUNS = {
    "circles", "prompts", "reflections", "polarities", "matches", "nudges", "archive", "privacy", "communities",
    "home", "commands", "channels", "recall", "returns", "writings", "batches", "sealed", "figures", "mine", "pulse",
    "checkins", "gatherings", "queue", "proposals", "learning", "weave", "cohorts", "pictures", "reveals", "naming",
    "lasting", "longkept", "away", "welcomes", "worries",
}  # fmt: skip

# What a room needs of its own, beside the nouns.
OWN = {
    "handlers": {"entrance"},
    "schedules": {"runner", "outbox"},
    "practices": {
        "apart",
        "model",
        "refusals",
        "rhythm",
        "rotation",
        "catalogue",
        "exports",
        "forms",
        "keeping",
        "own_forms",
        "words",
    },
    "store": {
        "address",
        "authors",
        "engine",
        "forgotten",
        "postgres",
        "soonest",
        "sqlite",
        "keys",
        "sealing",
        "units",
        "dialects",
        "dues",
        "schema",
        "migrate",
        "migrations",
        "outbox",
        "quoting",
        "search",
        "visits",
        "weather",
    },
    "workspace": {"blocks", "gateway", "manifest", "pace", "trouble"},
}

# How a module calls its noun in the room before and after it.
CALLED = {"decide": "practices", "kept": "store", "shown": "workspace"}

SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "service",
    "services",
    "base",
    "misc",
}


def test_a_file_is_named_by_its_noun_or_is_its_rooms_own() -> None:
    strange = {
        named(path)
        for room, own in OWN.items()
        for path in modules(room)
        if path.relative_to(ROOT / room).parts[0].removesuffix(".py") not in NOUNS | own | {"__init__"}
    }

    assert not strange, "a new noun, or something of a room's own, is added to the lists here on purpose"


def test_the_same_noun_has_the_same_file_name_in_every_room() -> None:
    crossed = []
    for room in ("handlers", "schedules"):
        for path in modules(room):
            noun = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ImportFrom):
                    crossed += [
                        f"{named(path)}: {node.module}.{alias.name} as {alias.asname}"
                        for alias in node.names
                        if node.module == CALLED.get(alias.asname or "") and alias.name != noun
                    ]

    assert not crossed, "decide, kept and shown are this noun's own rooms; others are called by their name"


def test_no_module_is_a_drawer_for_anything() -> None:
    drawers = [named(path) for path in modules(*ROOMS, "tests", "bench") if path.stem in SAY_NOTHING]

    assert not drawers


def test_every_module_opens_with_a_sentence_that_says_what_it_is_for() -> None:
    wordless = []
    for path in modules(*ROOMS, "tests", "bench"):
        first = (ast.get_docstring(tree(path)) or "").split("\n\n")[0]
        # A command's is shown by argparse as it is; a migration's is a title.
        a_title = path.parent.name in ("commands", "versions") and path.stem != "__init__"
        if not first or not (first.endswith((".", "?")) or a_title):
            wordless.append(named(path))

    assert not wordless


def test_a_refusal_is_a_sentence_for_a_member() -> None:
    from practices.refusals import Refusal

    for refusal in Refusal.__subclasses__():
        sentence = (refusal.__doc__ or "").strip()
        assert sentence.endswith((".", "?")), refusal.__name__
        assert sentence[0].isupper() or sentence[0] == "{", refusal.__name__
        assert "error" not in sentence.lower(), f"{refusal.__name__}: say what to do instead"
        details = {name: name for _, name, _, _ in Formatter().parse(sentence) if name}
        assert "\n" not in refusal(**details).sentence, f"{refusal.__name__}: it is one line in a form"


def test_tests_are_named_by_a_sentence() -> None:
    curt = [
        f"{named(path)} {node.name}"
        for path in modules("tests")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and node.name.count("_") < 3
    ]

    assert not curt
