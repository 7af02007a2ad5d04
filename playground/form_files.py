"""Files in forms: what a member chooses for a `file_input`, and who gets to see it when the form is sent."""

from typing import Any

from playground.errors import ControlError, not_found
from playground.files import LARGEST, File, Files
from playground.people import Installation, Member

Json = dict[str, Any]

MOST = 10  # files in one element, where it does not say


def uploaded(files: Files, member: Member, name: str, content: bytes) -> Json:
    """Keep a file that a member has chosen; as `files.info` describes it. Raises ControlError."""
    if not name or "/" in name:
        raise ControlError("invalid_name", "`name` is the file's name, without folders.")
    if not content:
        raise ControlError("no_content", "The file is empty: the body of the request is its content.")
    if len(content) > min(LARGEST, files.room):
        raise ControlError("file_too_large", f"A file has at most {LARGEST:,} bytes, all together 64 MB.")
    return files.shown(files.add(member.id, name, content))


def chosen_files(files: Files, member: Member, element: Json, given: Any) -> list[Json]:
    """What a `file_input` holds when these ids are chosen. Raises ControlError."""
    wanted = given if isinstance(given, list) else [given] if given else []
    most = int(element.get("max_files", MOST))
    if len(wanted) > most:
        raise ControlError("too_many_files", f"Here go at most {most} files.")
    return [files.shown(_fitting(files, member, element, one)) for one in wanted]


def _fitting(files: Files, member: Member, element: Json, wanted: Any) -> File:
    file = files.get(wanted) if isinstance(wanted, str) else None
    if file is None or file.owner != member.id:
        raise not_found(
            "file_not_found", f"{member.name} has no file {wanted!r}: POST /_/upload gives one its id."
        )
    kinds = element.get("filetypes")
    if kinds and file.filetype not in kinds:
        raise ControlError("wrong_filetype", f"{file.name} does not fit: here go {', '.join(kinds)}.")
    return file


def hand_over(files: Files, app: Installation, values: Json) -> None:
    """A form is sent: its app may look at the files in it."""
    for held in (value for actions in values.values() for value in actions.values()):
        for shown in held.get("files", ()):
            if file := files.get(shown["id"]):
                file.handed_to.add(app.bot_user)
