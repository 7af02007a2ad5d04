"""The two ways to be refused: by the pretended Slack in Slack's words, and by the control API."""

from typing import Any


class SlackError(Exception):
    """An answer `{"ok": false, "error": ...}` of the Web API."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.more = more

    def answer(self) -> dict[str, Any]:
        """The body that Slack sends."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class FaultError(SlackError):
    """A refusal that somebody asked for on purpose; `fault` in the words of the wire log."""

    def __init__(self, error: str, fault: str) -> None:
        super().__init__(error)
        self.fault = fault


class ControlError(Exception):
    """An answer of the control API: a snake_case word, a sentence that says what to do next, a status."""

    def __init__(self, error: str, detail: str, status: int = 400) -> None:
        super().__init__(f"{error}: {detail}")
        self.error = error
        self.detail = detail
        self.status = status

    def answer(self) -> dict[str, Any]:
        """The body that the control API sends."""
        return {"ok": False, "error": self.error, "detail": self.detail}


def not_found(what: str, detail: str) -> ControlError:
    """A refusal because something does not exist."""
    return ControlError(what, detail, 404)
