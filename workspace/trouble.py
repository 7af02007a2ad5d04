"""What a member reads when something did not work, and how her words come back to her."""

from collections.abc import Mapping
from typing import Any

from practices.sealed import STEP as SEALED
from workspace.blocks import Block, plain, section, words

NO_NAME_ON_IT = ("pulse", "pulse_look", "take_back")  # windows of which nobody may know who filled them in


def broken(incident: str) -> str:
    return (
        f"Something broke on our side; please quote {incident}. Nothing you wrote is lost: please try again."
    )


def not_kept(incident: str) -> str:
    return f"I could not save that just now. Your words are still here: please try again in a minute. ({incident})"


def not_locked(incident: str) -> str:
    return (
        "I could not keep that: the key that locks your words is missing on our side. Your words are still here. "
        f"Whoever looks after the bot can mend it; please quote {incident}, and try again then."
    )


def no_way_through(incident: str) -> str:
    return (
        "I cannot get through to Slack just now: perhaps many people are here at once. Nothing you wrote is lost: "
        f"please try again in a moment. ({incident})"
    )


def handed_back() -> str:
    return "I could not save this just now. So that nothing is lost, here is what you wrote:"


def handed_back_blocks(text: str) -> list[Block]:
    return [section(handed_back()), *words(text)]


def in_modal(view: Mapping[str, Any], sentences: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a submitted modal: each sentence at its field, or at the first; its words stay."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if not inputs:
        return {"response_action": "update", "view": notice(" ".join(sentences.values()))}
    errors: dict[str, str] = {}
    for name, sentence in sentences.items():
        place = name if name in inputs else inputs[0]
        errors[place] = f"{errors[place]} {sentence}" if place in errors else sentence
    return {"response_action": "errors", "errors": errors}


def notice(text: str) -> Block:
    """A modal that only says something."""
    return {
        "type": "modal",
        "title": plain("Just so you know"),
        "close": plain("Close"),
        "blocks": [section(text)],
    }


def typed(view: Mapping[str, Any]) -> str:
    """All that somebody typed into a modal; nothing where a copy in her messages would tell whose it is, for it is
    sealed, or a receipt: that stays in the modal alone."""
    fields = [field for block in view["state"]["values"].values() for field in block.values()]
    chosen = {(one.get("selected_option") or {}).get("value") for one in fields}
    if view["callback_id"] in NO_NAME_ON_IT or SEALED in chosen:
        return ""
    texts = [one.get("value") or "" for one in fields if one.get("type") == "plain_text_input"]
    return "\n\n".join(text for text in texts if text.strip())
