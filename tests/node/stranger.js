// A small Bolt app that shares nothing with the bot: it posts, opens a form, takes what is submitted, and says
// each thing it did as one line of JSON. Settings come as JSON in STRANGER: mode ("socket" or "http"), apiUrl,
// token, appToken, signingSecret, channel.
import bolt from "@slack/bolt";

const settings = JSON.parse(process.env.STRANGER);
const say = (did, more = {}) => console.log(JSON.stringify({ did, ...more }));
const quiet = { debug() {}, info() {}, warn: console.error, error: console.error, setLevel() {}, getLevel: () => "warn", setName() {} };

const app = new bolt.App({
  token: settings.token,
  clientOptions: { slackApiUrl: settings.apiUrl },
  logger: quiet,
  ...(settings.mode === "socket"
    ? { socketMode: true, appToken: settings.appToken }
    : { signingSecret: settings.signingSecret }),
});

const plain = (text) => ({ type: "plain_text", text });
const form = {
  type: "modal",
  callback_id: "js_form",
  title: plain("A form"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input",
      block_id: "what",
      label: plain("What?"),
      element: { type: "plain_text_input", action_id: "entered" },
    },
    {
      type: "input",
      block_id: "where",
      label: plain("Where?"),
      element: { type: "external_select", action_id: "place", min_query_length: 0 },
    },
  ],
};

app.event("message", async ({ event, client, context }) => {
  say("heard", { text: event.text, retry: context.retryNum ?? 0, reason: context.retryReason ?? "" });
  if (event.text === "wave") await client.reactions.add({ channel: event.channel, timestamp: event.ts, name: "wave" });
});

app.event("app_home_opened", async ({ event, client }) => {
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*Hello from JavaScript*" } }];
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
  say("published");
});

app.command("/js", async ({ command, ack }) => {
  await ack({ text: `You said ${command.text}`, response_type: "ephemeral" });
  say("commanded", { text: command.text });
});

app.shortcut("js_open", async ({ shortcut, ack, client }) => {
  await ack();
  const opened = await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
  say("opened", { view: opened.view.id });
});

app.options("place", async ({ ack }) => {
  await ack({ options: ["Garden", "Kitchen"].map((name) => ({ text: plain(name), value: name.toLowerCase() })) });
  say("offered");
});

app.view("js_form", async ({ view, ack, client }) => {
  const what = view.state.values.what.entered.value;
  if (what === "nothing") {
    await ack({ response_action: "errors", errors: { what: "Something, please." } });
    say("refused");
    return;
  }
  await ack();
  const where = view.state.values.where.place.selected_option.value;
  await client.chat.postMessage({ channel: settings.channel, text: `${what} in the ${where}` });
  say("submitted", { what, where });
});

app.action("js_thanks", async ({ ack, respond, body }) => {
  await ack();
  await respond({ replace_original: true, text: `Thanked by ${body.user.id}` });
  say("thanked");
});

const started = await app.start(...(settings.mode === "http" ? [{ port: 0, host: "127.0.0.1" }] : []));
say("ready", settings.mode === "http" ? { port: started.address().port } : {});

process.stdin.on("data", async () => {
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: "Hello from *JavaScript*" } },
    { type: "actions", elements: [{ type: "button", text: plain("Thank you"), action_id: "js_thanks" }] },
  ];
  const posted = await app.client.chat.postMessage({ channel: settings.channel, text: "Hello from JavaScript", blocks });
  say("posted", { ts: posted.ts });
});
process.stdin.on("end", async () => {
  await app.stop();
  process.exit(0);
});
