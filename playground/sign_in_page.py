"""The page that asks who signs in, and the addresses that go with it."""

from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from playground.people import App
from playground.slack import Slack
from playground.workspaces import Workspaces

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KNOWN = frozenset({"openid", "email", "profile"})
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
PAGE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{app} asks who you are. Choose a member of {workspace}:</p>
<ul>{people}</ul></main></body></html>"""


class SignInPage:
    """Serves `/openid/connect/...` and the discovery document."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._ground = workspaces.ground

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        return [
            web.get("/.well-known/openid-configuration", self._discovery),
            web.get("/openid/connect/keys", self._keys),
            web.get("/openid/connect/authorize", self._ask),
            web.get("/openid/connect/allow", self._allow),
        ]

    async def _discovery(self, request: web.Request) -> web.Response:
        base = self._ground.base
        return web.json_response(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/openid/connect/authorize",
                "token_endpoint": f"{base}/api/openid.connect.token",
                "userinfo_endpoint": f"{base}/api/openid.connect.userInfo",
                "jwks_uri": f"{base}/openid/connect/keys",
                "scopes_supported": sorted(KNOWN),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self._ground.sign_in.keys())

    def _asked(self, request: web.Request) -> tuple[App, Slack, dict[str, str]]:
        """App, workspace and question. Raises HTTPBadRequest with Slack's word for what is wrong."""
        asked = dict(request.query)
        app = next((a for a in self._ground.apps.values() if a.client_id == asked.get("client_id")), None)
        place = self._workspaces.known(asked["team"]) if asked.get("team") else self._workspaces.first
        scopes = set(asked.get("scope", "").split())
        # Nothing that a member of the playground does leaves this machine.
        local = urlsplit(asked.get("redirect_uri", "")).hostname in LOOPBACK
        wrong = {
            "invalid_client_id": app is None,
            "bad_redirect_uri": not local,
            "invalid_response_type": asked.get("response_type") != "code",
            "invalid_scope": "openid" not in scopes or not scopes <= KNOWN,
            "invalid_code_challenge_method": asked.get("code_challenge_method", "S256") != "S256",
            "invalid_team": place is None,
        }
        for word, is_so in wrong.items():
            if is_so:
                raise web.HTTPBadRequest(text=word)
        assert app is not None
        assert place is not None
        return app, place.slack, asked

    async def _ask(self, request: web.Request) -> web.Response:
        app, slack, asked = self._asked(request)
        workspace = slack.workspace
        people = "".join(
            f'<li><a href="/openid/connect/allow?{escape(urlencode({**asked, "member": member.id}))}">'
            f"{escape(member.name)}</a></li>"
            for member in workspace.members.values()
            if not member.deactivated
        )
        title = f"Sign in to {escape(workspace.name)}"
        page = PAGE.format(title=title, app=escape(app.name), workspace=escape(workspace.name), people=people)
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async def _allow(self, request: web.Request) -> web.Response:
        app, slack, asked = self._asked(request)
        member = slack.workspace.members.get(asked.get("member", ""))
        if member is None or member.deactivated:
            raise web.HTTPBadRequest(text="invalid_user")
        scopes = frozenset(asked["scope"].split())
        code = self._ground.sign_in.allow(app, slack.workspace, member.id, scopes, asked)
        back = {"code": code, "state": asked.get("state", "")}
        between = "&" if urlsplit(asked["redirect_uri"]).query else "?"
        raise web.HTTPFound(f"{asked['redirect_uri']}{between}{urlencode(back)}")
