"""What is shipped and what it rests on: locked, addressed nowhere, with its licences."""

import re
import tomllib

from tests.house.rooms import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def bare(name: str) -> str:
    """A package's name, as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name)[0]).lower()


def test_the_lock_file_names_no_registry() -> None:
    assert "://" not in LOCK
    assert not re.search(
        r"^\s*(-i|--index-url|--extra-index-url|--find-links|--trusted-host)\b", LOCK, re.MULTILINE
    )


def test_everything_locked_has_its_hash() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    bare_ones = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]

    assert len(entries) > 30
    assert not bare_ones


def test_everything_we_ask_for_is_locked_and_bounded() -> None:
    locked = {bare(line) for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)}
    asked = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]

    assert {bare(one) for one in asked} <= locked
    assert all(">=" in one for one in asked), "each says from where on"


def test_no_other_lock_file_lies_about() -> None:
    """Others write the address they were made with."""
    assert not [name for name in ("uv.lock", "poetry.lock", "Pipfile.lock") if (ROOT / name).exists()]


def test_borrowed_data_comes_with_its_licence() -> None:
    licences = ROOT / "playground" / "LICENCES"
    source = (licences / "SOURCE.md").read_text("utf-8")

    for path in (ROOT / "playground" / "data").iterdir():
        assert path.name in source, f"where does {path.name} come from?"
    for named_there in re.findall(r"LICENSE[\w-]*", source):
        assert (licences / named_there).is_file(), named_there
    assert "playground/LICENCES/*" in PROJECT["project"]["license-files"]


def test_fonts_come_with_their_licence() -> None:
    for font in ROOT.glob("*/**/*.ttf"):
        if ".venv" not in font.parts:
            assert (font.parent / "OFL.txt").is_file(), font


def test_our_own_licence_is_there() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
