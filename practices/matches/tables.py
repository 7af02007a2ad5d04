"""Reads the text of a CSV file, as any spreadsheet saves it; whatever is wrong is told by its line and its column."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO

MOST_ROWS = 1_000_000
MOST_TOLD = 10
LONGEST = 500  # characters of one cell
BETWEEN = ",;\t"
ENCODINGS = ("utf-8-sig", "cp1252")


class TableWrong(Exception):
    """A file that cannot be used. `sentences` say what to change, each with its line and column."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by their column, and where it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Table:
    """The rows of a file, and what has been found wrong in it so far."""

    name: str
    columns: Sequence[str] = ()
    rows: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    more: int = 0  # wrong beside that

    def blame(self, line: int, column: str, what: str) -> None:
        """Say what is wrong at a place."""
        if len(self.wrong) >= MOST_TOLD:
            self.more += 1
            return
        where = f"column {self.columns.index(column) + 1} ({column})" if column in self.columns else column
        self.wrong.append(f"{self.name}, line {line}{', ' if where else ''}{where}: {what}")

    def settle(self) -> None:
        """Go on if nothing is wrong. Raises TableWrong."""
        if self.wrong:
            raise TableWrong([*self.wrong, *([f"And {self.more} more."] if self.more else [])])

    def read(self, row: Row, column: str, reader: Callable[[str], object], expected: str) -> object:
        """What a cell means; None where it is empty or wrong, which is told."""
        text = row.cells.get(column, "")
        if not text:
            return None
        try:
            return reader(text)
        except (ValueError, KeyError):
            self.blame(row.line, column, f"{_short(text)} is not {expected}.")
            return None


def text_of(name: str, data: bytes) -> str:
    """What a file says: UTF-8, or what spreadsheets on Windows write. Raises TableWrong."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableWrong([f"{name} is no text: please save the table as CSV (UTF-8)."])


def table(name: str, text: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The rows of a CSV text with these columns, in any order, with commas, semicolons or tabs between the cells.

    Raises TableWrong for what cannot be read at all."""
    found = Table(name)
    if text.startswith("sep="):  # a spreadsheet's own note to itself
        text = text.partition("\n")[2]
        skipped = 1
    else:
        skipped = 0
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise TableWrong([f"{name} is empty: its first line names the columns, such as {', '.join(needed)}."])
    between = max(BETWEEN, key=first.count)
    rows = _rows(found, text, between, skipped)
    begins, header = next(rows)
    found.columns = [one.strip().lower() for one in header]
    _check_columns(found, begins, needed, optional)
    for line, cells in rows:
        if len(found.rows) >= MOST_ROWS:
            raise TableWrong([f"{name} has more than {MOST_ROWS:,} rows: that is more than can be drawn."])
        trimmed = [one.strip() for one in cells]
        if any(trimmed[len(found.columns) :]):
            found.blame(line, "", f"{len(cells)} cells, but there are {len(found.columns)} columns.")
        for column, cell in zip(found.columns, trimmed, strict=False):
            if len(cell) > LONGEST:
                found.blame(line, column, f"longer than {LONGEST} characters.")
        found.rows.append(Row(line, dict(zip(found.columns, trimmed, strict=False))))
    return found


def _rows(found: Table, text: str, between: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=between, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableWrong([f"{found.name}, line {line}: this is no CSV ({error})."]) from None
        if any(one.strip() for one in cells):
            yield line, cells


def _check_columns(found: Table, line: int, needed: Sequence[str], optional: Sequence[str]) -> None:
    """Raises TableWrong: nothing else is worth telling before the columns are right."""
    known = [*needed, *optional]
    for place, column in enumerate(found.columns, 1):
        if column and column not in known:
            near = get_close_matches(column, known, n=1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            found.blame(line, f"column {place}", f"{_short(column)} is no column here; {meant}")
        elif column and column in found.columns[: place - 1]:
            found.blame(line, f"column {place}", f"{column} is there twice.")
    for column in needed:
        if column not in found.columns:
            found.blame(line, "", f"the column {column} is missing.")
    found.settle()


def _short(text: str) -> str:
    """A cell as it is quoted in a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"
