"""`openid.connect.*`: an app learns who has signed in with Slack."""

from typing import Any

from playground.errors import SlackError
from playground.sign_in import claims
from playground.web_api import Call, method

Json = dict[str, Any]


@method("openid.connect.token")
def token(call: Call) -> Json:
    """Exchange the code that a member came back with for a token of theirs and the proof of who they are."""
    args, ground = call.args, call.slack.ground
    app = next((app for app in ground.apps.values() if app.client_id == args.get("client_id")), None)
    if app is None:
        raise SlackError("invalid_client_id")
    if args.get("client_secret") != app.client_secret:
        raise SlackError("bad_client_secret")
    if args.get("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("unsupported_grant_type")
    consent = ground.sign_in.redeem(args.get("code", ""))
    if consent is None or consent.app is not app:
        raise SlackError("invalid_code")
    if args.get("redirect_uri") != consent.redirect_uri:
        raise SlackError("bad_redirect_uri")
    if not consent.proved_by(args.get("code_verifier", "")):
        raise SlackError("invalid_grant")
    proof = ground.sign_in.proof(consent, call.slack.base)
    return {"access_token": ground.sign_in.token(consent), "token_type": "Bearer", "id_token": proof}


@method("openid.connect.userInfo")
def user_info(call: Call) -> Json:
    """Who the token belongs to."""
    assert call.person is not None
    return claims(call.person)
