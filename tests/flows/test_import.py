"""A host brings an export of Slack into the memory and finds it again from the command line."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.exports import intake
from bot.exports.arrays import Array
from store import sqlite
from tests.engines import both_engines
from tests.exports import Made, everything, plenty, ts

COMMUNITY = "T0CIRCLE"
LAST = re.compile(r"imported (\d+) messages in (\d+) threads, skipped (\d+)$")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command: its exit code, what it said, and what it said on stderr."""
    monkeypatch.setenv("DATABASE_URL", database)

    def typed(*words: Any) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return typed


@pytest.fixture
def imports(run: Run) -> Callable[..., dict[str, Any]]:
    """Import a zip into the sample community; gives the report."""

    def imported(file: Path, *more: str) -> dict[str, Any]:
        code, out, err = run("import", file, "--community", COMMUNITY, "--json", *more)
        assert code == 0, err
        report: dict[str, Any] = json.loads(out)
        return report

    return imported


@pytest.fixture
def finds(run: Run) -> Callable[..., list[dict[str, Any]]]:
    """Search as the host."""

    def found(*words: str) -> list[dict[str, Any]]:
        code, out, err = run("search", "--json", *words)
        assert code == 0, err
        hits: list[dict[str, Any]] = json.loads(out)["hits"]
        return hits

    return found


def rows(database: str) -> list[Any]:
    """Everything that an import may change, by table."""
    file = sqlite3.connect(database.partition("///")[2])
    tables = ("community", "channel", "voice", "message", "presence", "kept_thread", "member")
    try:
        return [file.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    finally:
        file.close()


def as_made(made: Made, report: dict[str, Any]) -> None:
    skipped = sum(made.skipped.values())
    assert (report["messages"], report["threads"], report["skipped"]) == (
        len(made.kept), len(made.threads), skipped,
    )  # fmt: skip
    assert report["reasons"] == dict(made.skipped)
    assert report["damaged"] == []


@both_engines
@pytest.mark.parametrize("old", [False, True], ids=["today", "2016"])
def test_a_whole_export_comes_in_and_is_found_again(
    tmp_path: Path,
    imports: Callable[..., dict[str, Any]],
    finds: Callable[..., list[dict[str, Any]]],
    old: bool,
) -> None:
    made = everything(old)
    as_made(made, imports(made.write(tmp_path / "export.zip")))

    [hit] = finds("riverbank")
    assert hit["channel_name"] == "co-lab"
    assert hit["thread_ts"] == hit["ts"] == ts(0)
    assert set(hit) == {"channel", "channel_name", "thread_ts", "ts", "author", "text", "title", "score"}
    assert finds("whisperword") == [], "direct messages are never kept"
    if old:
        assert finds("tidy summary")[0]["author"] == "U0TOM"
        assert finds("minutes")
        assert finds("herald") == []
    else:
        assert {hit["thread_ts"] for hit in finds("footbridge")} == {ts(10)}
        assert finds("orphanword")[0]["thread_ts"] == ts(-99_000)
        assert "Joram Adler" in finds("blockword")[0]["text"]
        assert finds("flood")[0]["ts"] == ts(25), "by the name of its file"
        assert finds("routes winter")
        assert finds("harvestword")


@both_engines
def test_the_same_export_twice_changes_nothing(
    tmp_path: Path, imports: Callable[..., dict[str, Any]], finds: Callable[..., list[dict[str, Any]]]
) -> None:
    made = everything()
    file = made.write(tmp_path / "export.zip")
    first = imports(file)
    before = finds("footbridge")
    second = imports(file)

    assert (second["messages"], second["threads"], second["changed"]) == (0, 0, 0)
    assert second["skipped"] == first["messages"] + first["skipped"]
    assert second["reasons"]["already_kept"] == first["messages"]
    assert [hit["ts"] for hit in finds("footbridge")] == [hit["ts"] for hit in before]


def test_not_one_row_differs_after_the_second_time(
    tmp_path: Path, database: str, imports: Callable[..., dict[str, Any]]
) -> None:
    file = everything().write(tmp_path / "export.zip")
    imports(file)
    before = rows(database)
    imports(file)

    assert rows(database) == before
    assert before[-1] == [], "nobody becomes a member by having spoken once"
    assert before[-3] == [], "nor gets into a channel"


def test_a_newer_export_brings_newer_words(
    tmp_path: Path, imports: Callable[..., dict[str, Any]], finds: Callable[..., list[dict[str, Any]]]
) -> None:
    older, newer = Made(), Made()
    for made, text, more in ((older, "firstword", {}), (newer, "lastword", {"edited": {"ts": ts(9)}})):
        made.channel("C0LAB", "co-lab")
        made.says("co-lab", ts(1), text, **more)
    imports(older.write(tmp_path / "older.zip"))

    assert imports(newer.write(tmp_path / "newer.zip"))["changed"] == 1
    assert imports(tmp_path / "older.zip")["changed"] == 0, "in whatever order they come"
    assert finds("lastword")
    assert not finds("firstword")


def test_the_report_for_a_person_ends_in_the_line_that_others_rely_on(tmp_path: Path, run: Run) -> None:
    made = everything()
    file = made.write(tmp_path / "export.zip")
    dry, imported = (
        ("import", file, "--community", COMMUNITY, "--dry-run"),
        ("import", file, "--community", COMMUNITY),
    )
    counts = (str(len(made.kept)), str(len(made.threads)), str(sum(made.skipped.values())))

    for words in (dry, dry, imported):
        code, out, err = run(*words)
        last = LAST.search(out.strip().splitlines()[-1])
        assert code == 0
        assert last
        assert last.groups() == counts
        assert err == "", "no progress where nobody watches"
        assert "Direct messages are never kept: 2 conversations" in out


def test_only_the_channels_and_the_days_asked_for_come_in(
    tmp_path: Path, run: Run, imports: Callable[..., dict[str, Any]]
) -> None:
    file = everything().write(tmp_path / "export.zip")
    quiet = imports(file, "--channel", "#quiet-corner")
    assert [one["name"] for one in quiet["channels"]] == ["quiet-corner"]
    assert quiet["messages"] == 1

    late = imports(file, "--channel", "C0LAB", "--since", "2026-03-03")
    assert late["messages"] == 2
    assert late["reasons"]["before_since"] > 10

    code, _, err = run("import", file, "--channel", "co-lap")
    assert (code, err) == (1, "togetherness: The export has no channel co-lap. Did you mean co-lab?\n")
    assert run("import", file, "--since", "yesterday")[0] == 2


def test_an_export_that_somebody_zipped_again_is_understood(
    tmp_path: Path, imports: Callable[..., dict[str, Any]]
) -> None:
    made = everything()
    as_made(made, imports(made.write(tmp_path / "export.zip", root="our export/", indent=None)))


def test_channels_slack_has_not_told_us_of_are_for_the_host_only(
    tmp_path: Path, database: str, run: Run, imports: Callable[..., dict[str, Any]]
) -> None:
    imports(everything().write(tmp_path / "export.zip"))
    _member(database, "U0ASHA")

    assert json.loads(run("search", "--json", "riverbank")[1])["count"] == 1
    assert json.loads(run("search", "--json", "--as", "U0ASHA", "riverbank")[1])["count"] == 0
    code, _, err = run("search", "--as", "U0NOBODY", "riverbank")
    assert code == 1
    assert "No member U0NOBODY is known here" in err


def test_what_is_known_from_slack_stays_as_it_is(
    tmp_path: Path, database: str, imports: Callable[..., dict[str, Any]], run: Run
) -> None:
    """The same channel by its id, another by its name; and never a private one into a public one."""
    made = everything()
    _sql(
        database,
        "INSERT INTO community (id, name, url, bot_member) "
        "VALUES ('T0CIRCLE', 'Circle', 'https://circle.slack.com/', 'U0BOT')",
        *(
            "INSERT INTO channel (community_id, id, name, kind, archived, linked, members_known_at) VALUES "
            f"('T0CIRCLE', '{its_id}', '{name}', 'public', 0, 1, '2026-11-03 09:30:00')"
            for its_id, name in (("C0LAB", "the-lab"), ("C0OTHER", "quiet-corner"), ("C0NEW", "nobody-spoke"))
        ),
    )
    _member(database, "U0ASHA")
    report = imports(made.write(tmp_path / "export.zip"))

    homes = {one["in_export"]: (one["id"], one["name"], one["in_slack"]) for one in report["channels"]}
    assert homes == {
        "co-lab": ("C0LAB", "the-lab", True),
        "quiet-corner": ("C0QUIET", "quiet-corner", False),
        "nobody-spoke": ("C0NEW", "nobody-spoke", True),
    }
    found = json.loads(run("search", "--json", "--as", "U0ASHA", "riverbank")[1])["hits"]
    assert [hit["channel_name"] for hit in found] == ["the-lab"]
    assert json.loads(run("search", "--json", "--as", "U0ASHA", "hushword")[1])["count"] == 0


def _sql(database: str, *statements: str) -> None:
    with sqlite3.connect(database.partition("///")[2]) as file:
        for statement in statements:
            file.execute(statement)
    file.close()


def _member(database: str, its_id: str) -> None:
    _sql(database, f"INSERT INTO member VALUES ('{COMMUNITY}', '{its_id}', 'Asha', 'Europe/London', 0, 0, 0)")


# Bad input


def a_zip(path: Path, **files: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content if isinstance(content, bytes | str) else json.dumps(content))
    return path


LISTS = {"channels.json": [{"id": "C0LAB", "name": "co-lab"}], "users.json": []}


def declined(run: Run, file: Path) -> str:
    """The one sentence of an import that is declined."""
    code, out, err = run("import", file, "--community", COMMUNITY)
    assert code == 1
    assert out == ""
    assert err.startswith("togetherness: ")
    assert err.count("\n") == 1
    return err.removeprefix("togetherness: ").strip()


def test_what_is_no_export_is_declined_with_a_sentence(tmp_path: Path, run: Run) -> None:
    plain = tmp_path / "holiday.zip"
    plain.write_bytes(b"not a zip at all")

    assert declined(run, tmp_path / "nowhere.zip") == f"There is no file {tmp_path / 'nowhere.zip'}."
    assert "is no zip" in declined(run, plain)
    assert "is a folder" in declined(run, tmp_path)
    assert "is no Slack export" in declined(run, a_zip(tmp_path / "empty.zip"))
    assert "is no Slack export" in declined(run, a_zip(tmp_path / "other.zip", **{"photo.jpg": b"x"}))
    plain.write_bytes(everything().write(tmp_path / "whole.zip").read_bytes()[:-60])
    assert "is no zip, or not a whole one" in declined(run, plain)


@pytest.mark.parametrize(
    "name", ["../channels.json", "co-lab/../../x.json", "/etc/x.json", "..\\x.json", "C:/x.json"]
)
def test_a_file_that_would_lie_outside_is_refused(tmp_path: Path, run: Run, name: str) -> None:
    said = declined(run, a_zip(tmp_path / "odd.zip", **LISTS, **{name: []}))

    assert "would lie outside of it" in said
    assert "nothing was imported" in said


def test_a_link_is_refused(tmp_path: Path, run: Run) -> None:
    info = zipfile.ZipInfo("co-lab/2026-03-02.json")
    info.external_attr = 0o120777 << 16
    file = a_zip(tmp_path / "odd.zip", **LISTS)
    with zipfile.ZipFile(file, "a") as added:
        added.writestr(info, "/etc/passwd")

    assert "holds a link" in declined(run, file)


def test_a_gigabyte_of_zeros_is_never_unpacked(tmp_path: Path, run: Run) -> None:
    file = a_zip(tmp_path / "bomb.zip", **LISTS)
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
        bomb.open("co-lab/2026-03-02.json", "w") as day,
    ):
        for _ in range(1024):
            day.write(b"\0" * 1024**2)

    assert "would be 1024 MB when unpacked" in declined(run, file)


def test_zeros_that_pass_for_a_file_are_let_go_as_they_come(tmp_path: Path) -> None:
    """Even where no limit speaks up, a file is read in small pieces."""
    with zipfile.ZipFile(tmp_path / "zeros.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros.json", b"[" + b" " * 40_000_000 + b"]")
    with zipfile.ZipFile(tmp_path / "zeros.zip") as file, file.open("zeros.json") as opened:
        array = Array(opened)
        assert list(array) == []
        assert len(array._buffer) < 1_000_000


def test_half_a_file_gives_its_half_and_says_where_it_ends(
    tmp_path: Path, imports: Callable[..., dict[str, Any]]
) -> None:
    messages = [{"type": "message", "user": "U0ASHA", "text": f"word {n}", "ts": ts(n)} for n in range(9)]
    whole = json.dumps(messages, indent=4)
    missing_comma = whole.replace('"ts": "' + ts(3) + '"\n    },', '"ts": "' + ts(3) + '"\n    }')
    torn = whole.replace('"text": "word 5"', '"text": word 5"')
    assert len({whole, missing_comma, torn}) == 3
    days = {
        "co-lab/2026-03-01.json": whole[: whole.index("word 4")],
        "co-lab/2026-03-02.json": missing_comma,
        "co-lab/2026-03-03.json": torn,
        "co-lab/2026-03-04.json": "",
        "co-lab/2026-03-05.json": {"ok": False},
        "co-lab/2026-03-06.json": ["hello", 5, None, {"text": "x", "ts": 5}],
        "co-lab/2026-03-07.json": "[" * 100_000,
        "co-lab/2026-03-08.json": '[{"ts": ' + "9" * 5_000 + "}]",
    }
    report = imports(a_zip(tmp_path / "torn.zip", **LISTS, **days))
    damages = {(one["file"][-7:-5], one["place"]): one["why"] for one in report["damaged"]}

    assert report["messages"] == 9, "what one file lost another has"
    assert damages == {
        ("01", "line 26, column 5"): "the file ends early",
        ("02", "line 26, column 5"): "a comma is missing here",
        ("03", "line 32, column 5"): "this is no JSON",
        ("04", "line 1, column 1"): "the file is empty",
        ("05", "line 1, column 1"): "this is no list",
        ("06", "line 1, column 2"): "this is no message of Slack's",
        ("06", "line 1, column 11"): "this is no message of Slack's",
        ("06", "line 1, column 14"): "this is no message of Slack's",
        ("06", "line 1, column 20"): "this is no message of Slack's",
        ("07", "line 1, column 2"): "it is nested too deeply",
        ("08", "line 1, column 2"): "this is no JSON",
    }
    assert report["reasons"]["damaged"] == report["damaged_places"] == 11


def test_a_zip_that_was_damaged_on_its_way_gives_what_is_left(
    tmp_path: Path, imports: Callable[..., dict[str, Any]]
) -> None:
    made = everything()
    file = made.write(tmp_path / "export.zip")
    with zipfile.ZipFile(file) as whole:
        at = whole.getinfo(
            next(iter(name for name in whole.namelist() if name.startswith("co-lab/")))
        ).header_offset
    torn = bytearray(file.read_bytes())
    torn[at + 80 : at + 90] = b"0123456789"
    file.write_bytes(torn)
    report = imports(file)

    assert len(report["damaged"]) == 1
    assert "the zip is damaged here" in report["damaged"][0]["why"]
    assert 0 < report["messages"] < len(made.kept)


def test_two_messages_with_one_time_are_one(
    tmp_path: Path, imports: Callable[..., dict[str, Any]], finds: Callable[..., list[dict[str, Any]]]
) -> None:
    made = Made()
    made.channel("C0LAB", "co-lab")
    made.says("co-lab", ts(1), "newerword", edited={"ts": ts(5)})
    made.says("co-lab", ts(1), "olderword")
    report = imports(made.write(tmp_path / "export.zip"))

    assert (report["messages"], report["reasons"]) == (1, {"already_kept": 1})
    assert finds("newerword")
    assert not finds("olderword")


def test_lists_of_wrong_things_leave_the_rest(tmp_path: Path, imports: Callable[..., dict[str, Any]]) -> None:
    messages = [{"type": "message", "user": "U0ASHA", "text": "still here", "ts": ts(1)}]
    lists = {
        "channels.json": [5, {"id": 5}, {"id": "C0LAB", "name": "co-lab", "members": "all"}, {"name": "x"}],
        "groups.json": "no list",
        "dms.json": {"id": "D1"},
        "mpims.json": [None],
        "users.json": [7, {"id": "U0ASHA", "name": ["Asha"], "profile": 5}],
        "co-lab/2026-03-02.json": messages,
        "nobody-lists-me/2026-03-02.json": messages,
    }
    report = imports(a_zip(tmp_path / "odd.zip", **lists))

    assert report["messages"] == 1
    assert report["folders_in_no_list"] == ["nobody-lists-me"]
    assert [one["file"] for one in report["damaged"]] == ["dms.json", *["channels.json"] * 3, "groups.json"]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.just("x"), st.just([]), st.just({}), st.just([{}])
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_wrong_types_anywhere_never_stop_an_import(
    tmp_path: Path, imports: Callable[..., dict[str, Any]], data: st.DataObject
) -> None:
    made = everything(data.draw(st.booleans()))

    def mutate(value: Any) -> Any:
        if data.draw(st.integers(0, 30)) == 0:
            return data.draw(VALUES)
        if isinstance(value, dict):
            return {name: mutate(inner) for name, inner in value.items()}
        return [mutate(inner) for inner in value] if isinstance(value, list) else value

    made.channels, made.groups, made.dms = mutate(made.channels), mutate(made.groups), mutate(made.dms)
    made.days = {name: mutate(messages) for name, messages in made.days.items()}
    for entries in ("channels", "groups", "dms"):
        if not isinstance(getattr(made, entries), list):
            setattr(made, entries, [getattr(made, entries)])
    report = imports(made.write(tmp_path / "mutated.zip"))
    assert report["messages"] <= len(made.kept) + made.skipped.total()


# A database that refuses


def test_a_database_that_is_not_there_or_not_migrated_says_what_to_do(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = everything().write(tmp_path / "export.zip")
    nowhere = tmp_path / "nowhere.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{nowhere}")
    assert "Run `togetherness migrate` first" in declined(run, file)
    assert not nowhere.exists(), "asking makes no file"
    nowhere.touch()
    assert "Run `togetherness migrate` first" in declined(run, file)
    nowhere.write_bytes(b"nothing like a database, but long enough to look at" * 40)
    assert "the file is no database" in declined(run, file)


def test_without_a_community_it_says_how_to_name_one(tmp_path: Path, run: Run) -> None:
    file = everything().write(tmp_path / "export.zip")

    code, _, err = run("import", file)
    assert code == 1
    assert "--community T" in err
    assert "T0123ABCD" in run("import", file, "--community", "circle")[2]
    assert run("search", "riverbank")[0] == 1
    assert run("import", file, "--community", COMMUNITY)[0] == 0
    assert run("import", file)[0] == 0, "one that is known need not be named"
    assert f"only {COMMUNITY}" in run("import", file, "--community", "T0OTHER")[2]


def test_a_full_database_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, database: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "export.zip"
    plenty(file, 6_000, channels=3, days=20)
    with monkeypatch.context() as tight:
        pages = Path(database.partition("///")[2]).stat().st_size // 4096 + 200
        tight.setattr(sqlite, "WRITER_PRAGMAS", (*sqlite.WRITER_PRAGMAS, f"PRAGMA max_page_count={pages}"))
        said = declined(run, file)
    assert "is full" in said
    assert "keeps nothing twice" in said

    assert run("import", file, "--community", COMMUNITY)[0] == 0
    assert len(rows(database)[3]) == 6_000


def test_a_locked_database_says_so(
    tmp_path: Path, database: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "NO_HURRY_MS", 50)
    file = everything().write(tmp_path / "export.zip")
    holder = sqlite3.connect(database.partition("///")[2], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert "something else is writing" in declined(run, file)
    finally:
        holder.close()


def test_a_database_that_cannot_be_written_says_so(tmp_path: Path, database: str, run: Run) -> None:
    kept = Path(database.partition("///")[2])
    with kept.open("r+b") as header:  # the version of SQLite that may write this file: one not invented yet
        header.seek(18)
        header.write(b"\x09")

    assert "cannot be written to" in declined(run, everything().write(tmp_path / "export.zip"))


def test_a_large_export_is_read_beside_the_writing_with_the_same_result(
    tmp_path: Path, database: str, imports: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = everything().write(tmp_path / "export.zip")
    foreseen = imports(file, "--dry-run")
    monkeypatch.setattr(intake, "WORTH_IT", 0)

    assert imports(file, "--dry-run") == foreseen
    report = imports(file)
    assert {**report, "dry_run": True} == foreseen
    before = rows(database)
    monkeypatch.undo()
    monkeypatch.setenv("DATABASE_URL", database)
    imports(file)
    assert rows(database) == before


def test_a_reader_that_ends_before_its_time_is_told_of(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "WORTH_IT", 0)
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    assert "Reading stopped" in declined(run, everything().write(tmp_path / "export.zip"))


def test_killed_in_the_middle_and_run_again_it_is_complete(
    tmp_path: Path, database: str, imports: Callable[..., dict[str, Any]]
) -> None:
    file = tmp_path / "export.zip"
    plenty(file, 20_000, channels=4, days=50)
    calm = tmp_path / "calm.db"
    shutil.copy(database.partition("///")[2], calm)
    command = [sys.executable, "-m", "bot", "import", str(file), "--community", COMMUNITY]
    killed = subprocess.Popen(
        command, env={**os.environ, "DATABASE_URL": database}, stdout=subprocess.DEVNULL
    )
    while not _messages(database):
        assert killed.poll() is None, "it was over before it could be killed"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    before = _messages(database)
    report = imports(file)

    assert 0 < before < 20_000
    assert report["messages"] == 20_000 - before
    assert _messages(database) == 20_000
    env = {**os.environ, "DATABASE_URL": f"sqlite+aiosqlite:///{calm}"}
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    assert rows(database)[3] == rows(f"sqlite+aiosqlite:///{calm}")[3], "as if it had never been killed"


def _messages(database: str) -> int:
    file = sqlite3.connect(database.partition("///")[2])
    try:
        return int(file.execute("SELECT count(*) FROM message").fetchone()[0])
    finally:
        file.close()


def test_a_terminal_shows_bold_and_nothing_that_moves_its_cursor(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made()
    made.channel("C0LAB", "co-lab")
    made.says("co-lab", ts(1), "a river \x1b[2J and its bank")
    run("import", made.write(tmp_path / "export.zip"), "--community", COMMUNITY)

    plain = run("search", "river")[1]
    assert "\x1b" not in plain
    assert plain.endswith("1 found\n")
    assert run("search", "nothingofthekind")[1].startswith("Nothing was found.")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[1mriver\x1b[0m" in run("search", "river")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("search", "river")[1]


def test_names_in_an_export_forge_no_line_of_the_report(tmp_path: Path, run: Run) -> None:
    evil = "fine\x1b[31m\nimported 9 messages in 9 threads, skipped 0\u202e"
    lists = {
        "channels.json": [{"id": "C0LAB", "name": evil}, {"id": "C0TWO", "name": "hall"}],
        "users.json": [],
    }
    message = {"type": "message", "user": "U0ASHA", "text": "hello", "ts": ts(1)}
    days = {f"{evil}/2026-03-02.json": [message], f"hall/{evil}.json": "torn", f"a{evil}/2026-03-02.json": []}
    file = a_zip(tmp_path / "odd.zip", **lists, **days)

    code, out, err = run("import", file, "--community", COMMUNITY)
    assert code == 0, err
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert [line for line in out.splitlines() if line.startswith("imported")] == [
        "imported 1 messages in 1 threads, skipped 1"
    ]
    assert len([line for line in out.splitlines() if "fine" in line]) == 3, (
        "a channel, a folder, a damaged file"
    )

    code, _, err = run(
        "import", file, "--community", COMMUNITY, "--channel", "fine\x1b[31m\nimported 9 messages"
    )
    assert (code, err.count("\n"), "\x1b" in err) == (1, 1, False)


def test_a_host_leaves_words_out_whatever_letter_they_begin_with(tmp_path: Path, run: Run) -> None:
    made = Made()
    made.channel("C0LAB", "co-lab")
    made.says("co-lab", ts(1), "a kettle of hope")
    made.says("co-lab", ts(2), "a kettle of tea")
    run("import", made.write(tmp_path / "export.zip"), "--community", COMMUNITY)

    for words in (("kettle", "-hope"), ("-hope", "kettle"), ("--json", "-hope", "kettle", "--limit", "5")):
        code, out, err = run("search", *words)
        assert (code, err) == (0, "")
        assert "tea" in out
        assert "of hope" not in out
    for asked in ("-h", "--help"):
        code, out, _ = run("search", asked)
        assert code == 0
        assert "Example: togetherness search" in out


@both_engines
def test_a_host_reads_how_many_there_are_however_many(tmp_path: Path, run: Run) -> None:
    made = Made()
    made.channel("C0LAB", "co-lab")
    for minute in range(61):
        made.says("co-lab", ts(minute), f"kettle number {minute}")
    run("import", made.write(tmp_path / "export.zip"), "--community", COMMUNITY)

    for more in ((), ("--limit", "3"), ("--limit", "100"), ("sort:new",)):
        found = json.loads(run("search", "--json", "kettle", *more)[1])
        assert found["count"] == 61
    assert run("search", "kettle", "--limit", "3")[1].endswith("61 found, 3 shown\n")


def test_a_full_disk_under_the_answer_is_said_in_a_sentence(tmp_path: Path, database: str, run: Run) -> None:
    file = everything().write(tmp_path / "export.zip")
    run("import", file, "--community", COMMUNITY)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "search", "riverbank"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"DATABASE_URL": database},
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("togetherness: what there was to say could not be written")
    assert done.stderr.count("\n") == 1


def test_wrong_usage_is_code_two(run: Run) -> None:
    assert run("import")[0] == 2
    assert run("search")[0] == 2
    assert run("search", "--limit", "none", "x")[0] == 2
    assert run("import", "--help")[0] == 0
