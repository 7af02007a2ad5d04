"""Which words each act takes, so that a wrong one is heard of."""

from collections.abc import Iterable

from playground.errors import ControlError

EVERYWHERE = frozenset({"as", "do", "workspace"})
WHERE = "channel ts view home app label action_id block_id"
WHO = "name handle tz sector organisation"

_WORDS = {
    "say": "channel text",
    "reply": "channel thread text broadcast",
    "edit": "channel ts text",
    "delete": "channel ts",
    "react": "channel ts emoji",
    "unreact": "channel ts emoji",
    "command": "channel text",
    "shortcut": "callback_id name",
    "message_shortcut": "channel ts callback_id name",
    "press": WHERE,
    "choose": f"{WHERE} option options",
    "suggest": f"{WHERE} text",
    "submit": "values",
    "close": "",
    "home": "app tab",
    "join": "channel member",
    "leave": "channel member",
    "create": "name private",
    "rename": "channel name",
    "archive": "channel",
    "unarchive": "channel",
    "delete_channel": "channel",
    "profile": f"{WHO} member",
    "add_member": f"{WHO} guest admin convener",
    "role": "guest admin convener member",
    "deactivate": "member",
    "reactivate": "member",
    "uninstall": "app",
    "revoke": "app",
    "install": "app",
}
WORDS = {do: frozenset(words.split()) for do, words in _WORDS.items()}


def judge(do: str, given: Iterable[str]) -> None:
    """Refuse words that an act does not take. Raises ControlError."""
    if unknown := sorted(set(given) - WORDS[do] - EVERYWHERE):
        told = ", ".join(sorted(WORDS[do])) or "nothing"
        raise ControlError("unknown_word", f"`{do}` takes {told}, and no {', '.join(unknown)}.")
