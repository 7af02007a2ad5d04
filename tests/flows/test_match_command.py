"""Anybody with a spreadsheet can draw who talks with whom, reads how good it is, and what is wrong with the tables."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main as togetherness
from tests.house.rooms import ROOT

HOW_TO = (ROOT / "docs/how-to/draw-from-a-spreadsheet.md").read_text("utf-8")
MEMBERS = HOW_TO.split("```csv\n")[1].split("```")[0]
HISTORY = HOW_TO.split("```csv\n")[2].split("```")[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables of the how-to."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    (tmp_path / "history.csv").write_text(HISTORY, "utf-8")
    (tmp_path / "exclude.csv").write_text("a,b\nasha,ben\n", "utf-8")
    return tmp_path


def test_the_tables_of_the_how_to_give_the_groups_it_shows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert togetherness(["match", "members.csv", "--history", "history.csv"]) == 0

    assert capsys.readouterr().out in HOW_TO


def test_three_rounds_as_json_hold_everybody_once_each_and_say_how_good_they_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "match",
        "members.csv",
        "--history",
        "history.csv",
        "--exclude",
        "exclude.csv",
        "--rounds",
        "3",
        "--json",
    ]
    assert togetherness(words) == 0
    first = capsys.readouterr().out
    assert togetherness(words) == 0
    assert capsys.readouterr().out == first, "the same tables and seed give the same"

    rounds = json.loads(first)["rounds"]
    here = sorted(line.split(",")[0] for line in MEMBERS.splitlines()[1:] if not line.endswith("no"))
    assert [sorted(sum(one["groups"], one["alone"])) for one in rounds] == [here] * 3
    assert [one["number"] for one in rounds] == [3, 4, 5]
    assert rounds[0]["cross_sector"] == rounds[0]["bound"] == 4
    assert rounds[0]["proved_best"]
    assert not any({"asha", "ben"} <= set(group) for one in rounds for group in one["groups"])
    pairs = {tuple(sorted(group)) for one in rounds for group in one["groups"]}
    assert len(pairs) == sum(len(one["groups"]) for one in rounds), "nobody meets the same people again"


def test_a_table_saved_by_a_spreadsheet_is_read_with_its_mark_semicolons_and_letters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = 'ID;Sector;Organisation\r\nasha;health;"St Mary; the second"\r\n\r\nzoë;council;\r\n'
    for data in (
        b"\xef\xbb\xbf" + rows.encode(),
        rows.encode("cp1252"),
        rows.encode("utf-16"),
        ("sep=;\n" + rows).encode(),
    ):
        (folder / "members.csv").write_bytes(data)
        assert togetherness(["match", "members.csv"]) == 0
        assert "asha + zoë: across sectors, never met" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ("", "members.csv is empty: its first line names the columns, such as id, sector."),
        ("id,sector\n", "members.csv has nobody in it"),
        ("id,sectr\na,x\n", "line 1, column 2: sectr is no column here; did you mean sector?"),
        ("id\na\n", "line 1: the column sector is missing."),
        ("id,sector,id\na,x,b\n", "line 1, column 3: id is there twice."),
        ("id,sector\na,x\n\na,y\n", "line 4, column 1 (id): a is there already, in line 2."),
        ("id,sector\na,\n", "line 2, column 2 (sector): nobody has said which sector a is in."),
        ("id,sector\n,x\n", "line 2, column 1 (id): nobody is named here."),
        ("id,sector,available\na,x,perhaps\n", "line 2, column 3 (available): perhaps is not yes or no."),
        (
            "id,sector,joined,available\na,x,31.2.,perhaps\n",
            "perhaps is not yes or no. members.csv, line 2, column 3 (joined): 31.2. is not a round's number",
        ),
        ("id,sector,joined\na,x,31.2.\n", "line 2, column 3 (joined): 31.2. is not a round's number, or a day"),
        ("id,sector\na,x,y\n", "line 2: 3 cells, but there are 2 columns."),
        ('id,sector\n"a,x\n', "line 2: this is no CSV"),
        ("id,sector\n" + "a" * 501 + ",x\n", "line 2, column 1 (id): longer than 500 characters."),
        ("id,sector\n" + "a,x\n" * 30, "And 19 more."),
        ("\0\x01", "members.csv is no text: please save the table as CSV (UTF-8)."),
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_the_members_is_one_sentence_with_its_line_and_column(
    folder: Path, capsys: pytest.CaptureFixture[str], members: str, said: str
) -> None:
    (folder / "members.csv").write_text(members, "utf-8")

    assert togetherness(["match", "members.csv"]) == 1
    told = capsys.readouterr()
    assert not told.out
    assert said in told.err
    assert told.err.count("\n") == 1


def test_strangers_in_the_other_tables_are_passed_over_and_told_of_and_the_rest_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "exclude.csv").write_text("a,b\nash,ben\n", "utf-8")
    assert togetherness(["match", "members.csv", "--exclude", "exclude.csv"]) == 0
    assert (
        "exclude.csv, line 2, column a: ash is not among the members (did you mean asha?)"
        in capsys.readouterr().err
    )

    (folder / "history.csv").write_text("round,a,b\nlast,asha,asha\n3,ben\n", "utf-8")
    assert togetherness(["match", "members.csv", "--history", "history.csv"]) == 1
    told = capsys.readouterr().err
    assert "line 2, column 1 (round): last is not a round's number, such as 3." in told
    assert "line 2, column 3 (b): asha cannot be with themselves." in told
    assert "line 3, column 3 (b): nobody is named here." in told

    assert togetherness(["match", "nowhere.csv"]) == 1
    assert "nowhere.csv cannot be read (No such file or directory)." in capsys.readouterr().err
    with (folder / "members.csv").open("wb") as file:
        file.truncate(65 * 1024**2)
    assert togetherness(["match", "members.csv"]) == 1
    assert "members.csv is larger than 64 MB" in capsys.readouterr().err


def test_a_sector_is_the_same_however_its_capitals_are_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "members.csv").write_text("id,sector\na,NHS\nb,nhs\nc,Nhs\nd,NHS\n", "utf-8")

    assert togetherness(["match", "members.csv"]) == 0
    assert "Across sectors: 0 of 2, as many as there can be." in capsys.readouterr().out


def test_wrong_usage_is_told_with_what_is_possible(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (["--size", "1"], "2 to 6 people in a group"),
        (["--rounds", "0"], "1 to 520 rounds"),
    ):
        with pytest.raises(SystemExit) as stopped:
            togetherness(["match", "members.csv", *words])
        assert stopped.value.code == 2
        assert said in capsys.readouterr().err
