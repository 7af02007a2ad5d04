"""Where the bytes of files come in and go out, beside the Web API."""

from aiohttp import web

from playground.bodies import Unreadable, form, raw
from playground.files import File
from playground.web_api import bearer
from playground.workspaces import Workspaces

# Nothing in a file may run as if it belonged to the page.
HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
SHOWN = ("image/", "text/plain", "application/pdf")


class FileHost:
    """Serves `/_slack/upload` and `/_slack/files`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        return [
            web.post("/_slack/upload/{team}/{ticket}", self._receive),
            web.get("/_slack/files/{team}/{file}/{name}", self._send),
        ]

    async def _receive(self, request: web.Request) -> web.Response:
        ground, place = self._workspaces.ground, self._workspaces.known(request.match_info["team"])
        with ground.still.under_way():
            content = await _content(request)
            kept = place is not None and place.slack.files.receive(request.match_info["ticket"], content)
            answer = f"OK - {len(content)}" if kept else "No file of this length is expected here."
            ground.log.add("in", "upload", ok=kept, ms=0, body=f"{len(content)} bytes", answer=answer)
            return web.Response(text=answer, status=200 if kept else 400)

    async def _send(self, request: web.Request) -> web.Response:
        place = self._workspaces.known(request.match_info["team"])
        file = place.slack.files.get(request.match_info["file"]) if place else None
        if not self._may(request, file):
            # A program without a token is sent to sign in, as Slack does, and gets a page instead of the file.
            raise web.HTTPFound("/")
        if file is None or file.content is None:
            raise web.HTTPNotFound(text="There is no such file.")
        shown = "inline" if file.mimetype.startswith(SHOWN) else "attachment"
        headers = {**HARMLESS, "Content-Disposition": shown}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    def _may(self, request: web.Request, file: File | None) -> bool:
        if request.headers.get("Sec-Fetch-Site") == "same-origin":
            return True  # the playground's own page
        token = bearer(request)
        return not self._workspaces.revoked(token) and any(
            token == app.bot_token
            and "files:read" in app.scopes
            and slack.workspace.id == request.match_info["team"]
            and (file is None or slack.files.seen_by(app, file))
            for slack, app in self._workspaces.installations()
        )


async def _content(request: web.Request) -> bytes:
    """What was sent; nothing where it cannot be read, which no upload expects."""
    try:
        if not request.content_type.startswith("multipart/"):
            return await raw(request)
        fields = await form(request)
    except Unreadable:
        return b""
    files = (sent.file.read() for sent in fields.values() if isinstance(sent, web.FileField))
    return next(files, b"")
