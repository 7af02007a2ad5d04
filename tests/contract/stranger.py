"""A small Bolt app that shares nothing with the bot: it posts, opens a form, takes what is submitted.

It says each thing it did as one line of JSON. Settings come as JSON in STRANGER: mode ("socket" or "http"),
apiUrl, token, appToken, signingSecret, channel. Synchronous throughout: Bolt, its client, its connection.
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

settings = json.loads(os.environ["STRANGER"])
client = WebClient(token=settings["token"], base_url=settings["apiUrl"])
app = App(client=client, signing_secret=settings["signingSecret"])


def say(did, /, **more):
    print(json.dumps({"did": did, **more}), flush=True)


def plain(text):
    return {"type": "plain_text", "text": text}


FORM = {
    "type": "modal",
    "callback_id": "py_form",
    "title": plain("A form"),
    "submit": plain("Send"),
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": plain("What?"),
            "element": {"type": "plain_text_input", "action_id": "entered"},
        },
        {
            "type": "input",
            "block_id": "where",
            "label": plain("Where?"),
            "element": {"type": "external_select", "action_id": "place", "min_query_length": 0},
        },
    ],
}


@app.event("message")
def heard(event, request):
    retry = request.headers.get("x-slack-retry-num", ["0"])[0]
    reason = request.headers.get("x-slack-retry-reason", [""])[0]
    say("heard", text=event["text"], retry=int(retry), reason=reason)
    if event["text"] == "wave":
        client.reactions_add(channel=event["channel"], timestamp=event["ts"], name="wave")


@app.event("app_home_opened")
def home(event):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Hello from Python*"}}]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
    say("published")


@app.command("/py")
def command(ack, command):
    ack(text=f"You said {command['text']}", response_type="ephemeral")
    say("commanded", text=command["text"])


@app.shortcut("py_open")
def shortcut(ack, shortcut):
    ack()
    opened = client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)
    say("opened", view=opened["view"]["id"])


@app.options("place")
def options(ack):
    ack(options=[{"text": plain(name), "value": name.lower()} for name in ("Garden", "Kitchen")])
    say("offered")


@app.view("py_form")
def submitted(ack, view):
    what = view["state"]["values"]["what"]["entered"]["value"]
    if what == "nothing":
        ack(response_action="errors", errors={"what": "Something, please."})
        say("refused")
        return
    ack()
    where = view["state"]["values"]["where"]["place"]["selected_option"]["value"]
    client.chat_postMessage(channel=settings["channel"], text=f"{what} in the {where}")
    say("submitted", what=what, where=where)


@app.action("py_thanks")
def thanked(ack, respond, body):
    ack()
    respond(replace_original=True, text=f"Thanked by {body['user']['id']}")
    say("thanked")


class Endpoint(BaseHTTPRequestHandler):
    """Bolt over HTTP on the standard library's server."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
        self.send_response(answer.status)
        for name, value in answer.first_headers().items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def log_message(self, *_):
        """Standard output is for what it did."""


def post():
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "Hello from *Python*"}},
        {
            "type": "actions",
            "elements": [{"type": "button", "text": plain("Thank you"), "action_id": "py_thanks"}],
        },
    ]
    posted = client.chat_postMessage(channel=settings["channel"], text="Hello from Python", blocks=blocks)
    say("posted", ts=posted["ts"])


if settings["mode"] == "socket":
    connection = SocketModeHandler(app, settings["appToken"])
    connection.connect()
    stop = connection.close
    say("ready")
else:
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    Thread(target=server.serve_forever, daemon=True).start()
    stop = server.shutdown
    say("ready", port=server.server_port)

for _ in sys.stdin:
    post()
stop()
