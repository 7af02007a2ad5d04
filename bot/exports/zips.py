"""Opens the zip of a Slack export: refuses what no export holds, finds its conversations, and reads it bit by bit."""

import stat
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.declining import ForTheHost
from bot.exports.arrays import UNREADABLE, Array, Broken
from practices.archive import Kind
from practices.exports import Conversation, conversation, direct, person

LISTS: tuple[tuple[str, Kind], ...] = (("channels.json", "public"), ("groups.json", "private"))
NEVER_KEPT = ("dms.json", "mpims.json")
PEOPLE = ("users.json", "org_users.json")

# What a zip may hold, unpacked. Nothing is ever unpacked whole; these only stop what cannot be an export.
LARGEST_FILE = 2 * 1024**3
LARGEST_EXPORT = 64 * 1024**3
SUSPICIOUS = 16 * 1024**2  # from this size on
DENSEST = 200  # times smaller in the zip; real ones are up to 50


class NoExport(ForTheHost):
    """This file cannot be imported; the message is one sentence for the host."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where something could not be read, and why."""

    file: str
    place: str
    why: str


@dataclass(slots=True)
class Export:
    """An open export: who and which channels are in it, and the days of each."""

    path: Path
    file: zipfile.ZipFile
    root: str
    conversations: list[Conversation] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)  # names by member id
    direct: int = 0  # conversations among a few, which are never kept
    unlisted: list[str] = field(default_factory=list)  # folders that no list names
    damages: list[Damage] = field(default_factory=list)
    _days: dict[str, list[zipfile.ZipInfo]] = field(default_factory=dict)  # by folder

    def close(self) -> None:
        self.file.close()

    def messages(
        self, wanted: Collection[Conversation]
    ) -> Iterator[tuple[Conversation, str, Array, Any | Broken]]:
        """Everything in these channels, day after day, as the memory is ordered too: whose it is, the file, where
        we are in it, and what stands there."""
        days: list[tuple[str, str, Conversation, zipfile.ZipInfo]] = []
        for one in wanted:
            for info in self._of(one):
                name = info.filename.removeprefix(self.root)
                days.append((name.rpartition("/")[2], name, one, info))
        days.sort(key=lambda day: day[:2])
        for _, name, one, info in days:
            for array, element in self._array(info):
                yield one, name, array, element

    def size(self, wanted: Collection[Conversation]) -> int:
        """How many bytes these channels' files are, unpacked."""
        return sum(info.file_size for one in wanted for info in self._of(one))

    def _of(self, one: Conversation) -> list[zipfile.ZipInfo]:
        return self._days.get(one.name if one.name in self._days else one.id, [])

    def _array(self, info: zipfile.ZipInfo) -> Iterator[tuple[Array, Any | Broken]]:
        try:
            file = self.file.open(info)
        except UNREADABLE as error:
            yield Array(_NOTHING), Broken(f"the zip is damaged here ({type(error).__name__})")
            return
        with file:
            array = Array(file)
            for element in array:
                yield array, element


class _Nothing:
    """A file in which there is nothing."""

    def read(self, size: int = -1) -> bytes:
        del size
        return b""


_NOTHING: Any = _Nothing()


def open_export(path: Path) -> Export:
    """Open a zip and read its lists. Raises NoExport with a sentence for the host."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise NoExport(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise NoExport(f"{path} is a folder. Please name the zip as Slack gave it.") from None
    except zipfile.BadZipFile:
        raise NoExport(f"{path} is no zip, or not a whole one. Please download the export again.") from None
    except (OSError, ValueError, NotImplementedError) as error:
        raise NoExport(f"{path} cannot be read ({type(error).__name__}).") from None
    with ExitStack() as closing:
        closing.callback(file.close)
        export = _understood(file, path)
        closing.pop_all()  # it stays open for whoever asked
    return export


def _understood(file: zipfile.ZipFile, path: Path) -> Export:
    for info in file.infolist():
        _refuse_strange(info)
    root = _root(file, path)
    export = Export(path, file, root)
    days: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
    size = 0
    for info in file.infolist():
        folder, _, name = info.filename.removeprefix(root).rpartition("/")
        if not info.filename.startswith(root) or not name.endswith(".json") or "/" in folder:
            continue
        _refuse_bomb(info)
        size += info.file_size
        if folder:
            days[folder].append(info)
    if size > LARGEST_EXPORT:
        raise NoExport(f"{path} would be {size // 1024**3} GB when unpacked; nothing was imported.")
    export._days = dict(days)
    _lists(export)
    return export


def _refuse_strange(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name:
        raise NoExport(
            f"The zip holds a file that would lie outside of it ({_shown(name)}). No Slack export has that, so "
            "nothing was imported."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise NoExport(
            f"The zip holds a link ({_shown(name)}). No Slack export has that, so nothing was imported."
        )


def _refuse_bomb(info: zipfile.ZipInfo) -> None:
    dense = info.file_size > SUSPICIOUS and info.file_size > DENSEST * max(info.compress_size, 1)
    if dense or info.file_size > LARGEST_FILE:
        raise NoExport(
            f"{_shown(info.filename)} would be {info.file_size // 1024**2} MB when unpacked, too much for a day of "
            "messages; nothing was imported."
        )
    if info.flag_bits & 1:
        raise NoExport("The zip is locked with a password. Please unlock it first.")


def _shown(name: str) -> str:
    return repr(name[:80])


def _root(file: zipfile.ZipFile, path: Path) -> str:
    """The folder of the zip in which the lists lie: none in Slack's own, one where somebody zipped a folder."""
    wanted = {name for name, _ in LISTS} | set(NEVER_KEPT)
    found = {
        folder + slash
        for folder, slash, name in (info.filename.rpartition("/") for info in file.infolist())
        if name in wanted and folder.count("/") == 0 and not folder.startswith("__MACOSX")
    }
    if not found:
        raise NoExport(f"{path} is no Slack export: it has no channels.json.")
    return min(found, key=len)


def _lists(export: Export) -> None:
    """Read who and what the export lists."""
    for name in PEOPLE:
        for listed in _listed(export, name):
            if known := person(listed):
                export.people[known[0]] = known[1]
    seen: set[str] = set()
    among_few: set[str] = set()
    for name in (*NEVER_KEPT, *(name for name, _ in LISTS)):
        for listed in _listed(export, name):
            if name in NEVER_KEPT or direct(listed):
                export.direct += 1
                if isinstance(listed, dict):
                    among_few |= {str(listed.get("id")), str(listed.get("name"))}
            elif (one := conversation(listed, dict(LISTS)[name])) is None:
                export.damages.append(Damage(name, "", "an entry is no channel"))
            elif one.id not in seen and not among_few & {one.id, one.name}:
                seen.add(one.id)
                export.conversations.append(one)
    named = among_few.union(*({one.id, one.name} for one in export.conversations))
    export.unlisted = sorted(folder for folder in export._days if folder not in named and _looks_kept(folder))


def _looks_kept(folder: str) -> bool:
    """Whether a folder that no list names could be a channel; slackdump and Mac OS put others beside."""
    return not folder.startswith(("__", ".")) and folder != "attachments"


def _listed(export: Export, name: str) -> Iterable[Any]:
    try:
        info = export.file.getinfo(export.root + name)
    except KeyError:
        return
    for array, element in export._array(info):
        if isinstance(element, Broken):
            export.damages.append(Damage(name, array.place(), element.why))
        else:
            yield element
