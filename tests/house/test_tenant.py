"""Nobody's rows are read or written without saying whose: the tenant in the store's signatures."""

import ast

from tests.house.rooms import ROOT, Function, dotted, functions, modules, named, tree

# Not about rows of a community:
MACHINERY = {
    "store/address.py": "reads where the database is",
    "store/engine.py": "opens the database and runs what it is given",
    "store/postgres.py": "the same, one kind's own way",
    "store/sqlite.py": "the same, the other kind's own way",
    "store/sealing.py": "locks what it is handed, in a place that names the community",
    "store/writings/locking.py": "the same, of what people wrote in forms",
    "store/units.py": "runs what it is given",
    "store/dialects.py": "says one statement in two dialects; whoever calls it names the community in the values",
    "store/migrate.py": "changes the tables, not what is in them",
    "store/schema/pieces.py": "names the tables",
    "store/schema/circles.py": "names the tables",
    "store/schema/polarities.py": "names the tables",
    "store/schema/prompts.py": "names the tables",
    "store/schema/writings.py": "names the tables",
    "store/schema/cohorts.py": "names the tables",
    "store/schema/weave.py": "names the tables",
    "store/schema/wicked.py": "names the tables",
    "store/schema/lasting.py": "names the tables",
    "store/schema/learning.py": "names the tables",
    "store/schema/matches.py": "names the tables",
    "store/schema/privacy.py": "names the tables",
    "store/schema/welcomes.py": "names the tables",
    "store/schema/away.py": "names the tables",
    "store/schema/nudges.py": "names the tables",
    "store/schema/outbox.py": "names the tables",
    "store/schema/pictures.py": "names the tables",
    "store/schema/archive.py": "names the tables",
    "store/schema/__init__.py": "names the tables",
    "store/search/rights.py": "says who may read what; whoever asks names the community in the values",
    "store/search/finding.py": "looks for a Search, which names its community",
    "store/privacy/beginning.py": "forgets a Forgetting, which names its community",
    "store/privacy/steps.py": "forgets a Forgetting, which names its community",
    "store/privacy/rows.py": "the rows of a Forgetting, which names its community",
    "store/outbox/rows.py": "makes a message of some community's row",
    "store/prompts/rows.py": "the rows of questions; whoever asks names the community in the conditions",
    "store/search/index.py": "the index in its engine's words; what it is handed is some community's already",
}

# The clock asks on behalf of every community at once. Each is here on purpose: nothing that a member does may call it.
THE_CLOCK_ASKS = {
    "store/archive/erasing.py": {"anything_to_merge", "merge"},
    "store/archive/keeping.py": {"channels_due", "read_again", "reads_due"},
    "store/away.py": {"due"},
    "store/channels.py": {"doubt", "stale"},
    "store/circles.py": {"circles_due", "active"},
    "store/cohorts/invitations.py": {"reminders_due", "closing"},
    "store/cohorts/applications.py": {"erase"},
    "store/longkept.py": {"due"},
    "store/matches/__init__.py": {"sweep"},
    "store/matches/conversations.py": {"reminders_due", "sweep"},
    "store/matches/rounds.py": {"again_due", "due"},
    "store/nudges.py": {"due", "gatherings_due"},
    "store/outbox/log.py": {"sweep"},
    "store/outbox/sending.py": {"claim", "doubtful"},
    "store/dues.py": {"dues"},
    "store/gatherings.py": {"due"},
    "store/reveals/waiting.py": {"due"},
    "store/pictures.py": {"claim_late", "claim_out"},
    "store/polarities/keeping.py": {"suggestions_due"},
    "store/polarities/posts.py": {"redraws_due"},
    "store/polarities/watching.py": {"due"},
    "store/privacy/answers.py": {"answers_over"},
    "store/privacy/forgetting.py": {"due"},
    "store/privacy/sweeping.py": {"over", "sweep"},
    "store/prompts/digests.py": {"digests_again_due", "digests_due"},
    "store/prompts/reading.py": {"catch_ups_due", "read_again"},
    "store/prompts/counting.py": {"redraws_due"},
    "store/lasting.py": {"to_ask", "again_due", "over", "sweep"},
    "store/learning.py": {"rhythms_due", "redraws_due"},
    "store/pulse.py": {"closing", "sweep"},
    "store/reflections.py": {"sweep"},
    "store/returns.py": {"due"},
    "store/visits.py": {"sweep"},
    "store/weave.py": {"due"},
    "store/weather.py": {"sweep"},
}


def store_functions() -> list[tuple[str, Function]]:
    """Every public function of the store that is given a connection."""
    return [
        (named(path), function)
        for path in modules("store")
        if named(path) not in MACHINERY and "migrations" not in path.parts
        for function in tree(path).body
        if isinstance(function, Function) and not function.name.startswith("_")
    ]


def parameters(function: Function) -> list[str]:
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]


def second(function: Function) -> str:
    return [*parameters(function), "", ""][1]


def for_the_clock(path: str, function: Function) -> bool:
    return function.name in THE_CLOCK_ASKS.get(path, ())


def test_every_store_function_takes_a_connection_and_then_says_whose() -> None:
    astray = [
        f"{path} {function.name}({', '.join(parameters(function))})"
        for path, function in store_functions()
        if not for_the_clock(path, function)
        and (parameters(function)[:1] != ["connection"] or second(function) not in ("visit", "community"))
    ]

    assert not astray, f"(connection, visit or community, ...), or named among the clock's own here: {astray}"


def test_every_store_function_uses_the_tenant_it_takes() -> None:
    heedless = []
    for path, function in store_functions():
        used = {dotted(node) for node in ast.walk(function) if isinstance(node, ast.Attribute | ast.Name)}
        if second(function) == "community" and "community" not in used:
            heedless.append(f"{path} {function.name}")
        if second(function) == "visit" and not {"visit.community", "visit"} & used:
            heedless.append(f"{path} {function.name}")

    assert not heedless


def test_the_clocks_own_questions_take_the_time_and_all_exist() -> None:
    there = {(path, function.name): function for path, function in store_functions()}

    for path, names in THE_CLOCK_ASKS.items():
        for name in names:
            assert (path, name) in there, f"{path} {name} is gone: take it from the list"
            assert second(there[path, name]) == "now", f"{path} {name}"


def test_nothing_that_a_member_does_looks_into_every_community() -> None:
    prying = []
    for path in modules("handlers", "reading"):
        rooms = {
            alias.asname or alias.name: f"store/{alias.name}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "store"
            for alias in node.names
        }
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
                continue
            room = rooms.get(node.value.id, "nowhere")
            if any(
                node.attr in names
                for where, names in THE_CLOCK_ASKS.items()
                if where == f"{room}.py" or where.startswith(f"{room}/")
            ):
                prying.append(f"{named(path)}:{node.lineno} {dotted(node)}")

    assert not prying


def test_every_table_says_whose_its_rows_are() -> None:
    from store.schema import metadata

    for name, table in metadata.tables.items():
        assert name == "community" or not table.c.community_id.nullable, name


def test_the_machinery_is_what_it_is_said_to_be() -> None:
    for path in MACHINERY:
        assert (ROOT / path).is_file(), f"{path} is gone: take it from the list"
        for function in functions(ROOT / path):
            assert second(function) not in ("visit", "community"), f"{path} {function.name} belongs to a noun"
