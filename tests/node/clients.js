// Slack's Web API and Socket Mode clients for Node, without Bolt: what each saw, as lines of JSON.
import { SocketModeClient } from "@slack/socket-mode";
import { ErrorCode, WebClient } from "@slack/web-api";

const settings = JSON.parse(process.env.STRANGER);
const say = (did, more = {}) => console.log(JSON.stringify({ did, ...more }));
const quiet = { debug() {}, info() {}, warn: console.error, error: console.error, setLevel() {}, getLevel: () => "warn", setName() {} };
const options = { slackApiUrl: settings.apiUrl, logger: quiet };
const client = new WebClient(settings.token, options);

const me = await client.auth.test();
say("authenticated", { user: me.user_id, team: me.team_id });

const channels = [];
for await (const page of client.paginate("conversations.list", { limit: 1 })) {
  channels.push(...page.channels.map((channel) => channel.name));
}
say("listed", { channels });

try {
  await client.chat.postMessage({ channel: settings.channel, text: "x", blocks: [{ type: "sekshun" }] });
} catch (error) {
  say("refused", {
    platform: error.code === ErrorCode.PlatformError,
    error: error.data.error,
    messages: error.data.response_metadata.messages,
  });
}

// The test lets this call be limited once: the client waits as long as Retry-After says, and tries again.
client.on("rate_limited", (seconds) => say("waited", { seconds }));
const update = await client.chat.postMessage({ channel: settings.channel, text: "one" });
say("posted", { ts: update.ts });
await client.chat.update({ channel: settings.channel, ts: update.ts, text: "two" });
const history = await client.conversations.history({ channel: settings.channel, limit: 1 });
say("read", { text: history.messages[0].text, edited: history.messages[0].edited.user });

const socket = new SocketModeClient({ appToken: settings.appToken, clientOptions: options, logger: quiet });
socket.on("connected", () => say("connected"));
socket.on("message", async ({ ack, event, body, retry_num: retry }) => {
  await ack();
  say("heard", { text: event.text, id: body.event_id, retry });
});
socket.on("slash_commands", async ({ ack, body }) => {
  await ack({ text: `heard ${body.text}` });
  say("commanded");
});
await socket.start();
say("ready");

process.stdin.on("data", () => {});
process.stdin.on("end", async () => {
  await socket.disconnect();
  process.exit(0);
});
