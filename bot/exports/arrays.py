"""Reads a JSON array element by element, so that a file of any size takes little memory and half a file still gives
its half."""

import codecs
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

CHUNK = 256 * 1024  # bytes
LARGEST = 8 * 1024 * 1024  # characters of one element
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)

_SPACE = re.compile(r"[ \t\r\n]*")
_decode = json.JSONDecoder().raw_decode


class Broken:
    """Here the file cannot be read; it goes on behind it where that can be found."""

    def __init__(self, why: str) -> None:
        self.why = why


class Array:
    """The elements of an array in a file: iterate; `place()` says where the newest one stands."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._buffer = ""
        self._at = 0
        self._lines = 0  # those left behind
        self._column = 0  # of the buffer's first character
        self._ended = False
        self._between = ""  # what stands before an element when each begins on a line of its own

    def place(self) -> str:
        """Where we are, as an editor counts: "line 3, column 5"."""
        lines = self._buffer.count("\n", 0, self._at)
        column = self._at - self._buffer.rfind("\n", 0, self._at) if lines else self._column + self._at + 1
        return f"line {self._lines + lines + 1}, column {column}"

    def __iter__(self) -> Iterator[Any | Broken]:
        try:
            yield from self._elements()
        except UNREADABLE as error:
            self._ended = True
            yield Broken(f"the zip is damaged here ({type(error).__name__})")

    def _elements(self) -> Iterator[Any | Broken]:
        if self._next() != "[":
            yield Broken("this is no list" if self._buffer[self._at :] else "the file is empty")
            return
        self._at += 1
        before = self._at
        following = self._next()
        gap = self._buffer[before : self._at]
        self._between = gap[gap.rfind("\n") :] if "\n" in gap else ""
        while following != "]":
            found = self._element()
            if isinstance(found, Broken):
                yield found
                if not self._behind():
                    return
                following = "{"
                continue
            value, end = found
            yield value
            self._at = end
            following = self._next()
            if following == ",":
                self._at += 1
                following = self._next()
            elif following != "]":
                yield Broken("a comma is missing here" if following else "the file ends early")
                if following != "{" and not self._behind():
                    return
                following = "{"

    def _element(self) -> tuple[Any, int] | Broken:
        """The element that begins here, and where it ends."""
        while True:
            try:
                value, end = _decode(self._buffer, self._at)
                if end < len(self._buffer) or not self._more():  # else a number might go on
                    return value, end
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._at > LARGEST:
                    return Broken("one element is too large")
                if isinstance(error, RecursionError):
                    return Broken("it is nested too deeply")
                cut = self._cut(error)  # before reading on moves everything
                if not self._more():
                    return Broken("the file ends early" if cut else "this is no JSON")

    def _cut(self, error: Exception) -> bool:
        """Whether the decoder stumbled over the end of the file."""
        return isinstance(error, json.JSONDecodeError) and (
            error.pos >= len(self._buffer.rstrip()) or error.msg.startswith("Unterminated string")
        )

    def _behind(self) -> bool:
        """Go to the next element that begins on a line of its own, as the first one does."""
        if not self._between:
            return False
        mark = self._between + "{"
        self._at += 1
        while (found := self._buffer.find(mark, self._at)) < 0:
            self._at = max(self._at, len(self._buffer) - len(mark))
            if not self._more():
                return False
        self._at = found + len(self._between)
        return True

    def _next(self) -> str:
        """Go to the next character that is no space; "" at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on; what lies behind is let go."""
        if self._ended:
            return False
        data = self._file.read(CHUNK)
        self._ended = not data
        newline = self._buffer.rfind("\n", 0, self._at)
        self._lines += self._buffer.count("\n", 0, self._at)
        self._column = self._at - newline - 1 if newline >= 0 else self._column + self._at
        self._buffer = self._buffer[self._at :] + self._decoder.decode(data, final=self._ended)
        self._at = 0
        return bool(data)
