// What one can do to a message: react, reply, edit, delete, and the apps' message shortcuts.

import { act } from "./api.js";
import { confirmed } from "./dialogs.js";
import { el, fill, icon, quiet } from "./dom.js";
import { emoji, REACTIONS } from "./emoji.js";
import { attempt } from "./message.js";
import { unescape } from "./mrkdwn.js";
import { choose } from "./popover.js";
import { channel as channelById, me, member, personName, store } from "./state.js";

function tool(name, label) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label }, icon(name));
}

function pickReaction(button, message, channel) {
  const choices = REACTIONS.map((name) => ({ value: name, label: name.replaceAll("_", " "), node: [el("span", { class: "emoji", "aria-hidden": "true" }, emoji(name)), quiet(name.replaceAll("_", " "))] }));
  choose(button, choices, {
    label: "Reactions",
    className: "choices-grid",
    onPick: (name) => {
      const mine = message.reactions?.find((one) => one.name === name)?.users.includes(store.as);
      attempt(mine ? "unreact" : "react", { channel, ts: message.ts, emoji: name });
    },
  });
}

/** What a member typed, from Slack's text: handles and names instead of ids. */
function typed(text) {
  const words = text
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${member(id)?.handle ?? personName(id)}`)
    .replace(/<#(C[A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `#${channelById(id)?.name ?? id}`)
    .replace(/<!(here|channel|everyone)>/g, "@$1")
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, "$1");
  return unescape(words);
}

/** Swaps the message's words for a field to change them in, until saved or left. */
function edit(node, message, list) {
  const body = node.querySelector(".message-body");
  const kept = [...body.childNodes];
  const field = el("textarea", { class: "input", rows: 3, "aria-label": "Edit the message", dir: "auto" });
  const problem = el("p", { class: "field-error", role: "alert", hidden: true });
  const save = el("button", { type: "button", class: "button button-primary" }, "Save");
  const cancel = el("button", { type: "button", class: "button" }, "Cancel");
  field.value = typed(message.text ?? "");
  node.dataset.editing = "yes";
  const leave = () => {
    delete node.dataset.editing;
    fill(body, ...kept);
    node.focus();
    list.refresh();
  };
  const keep = async () => {
    save.setAttribute("aria-busy", "true");
    try {
      await act(store.as, "edit", { channel: list.channel, ts: message.ts, text: field.value });
      leave();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
    save.removeAttribute("aria-busy");
  };
  save.addEventListener("click", keep);
  cancel.addEventListener("click", leave);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      keep();
    }
  });
  fill(body, el("div", { class: "editing" }, field, problem, el("div", { class: "elements" }, cancel, save)));
  field.focus();
}

async function remove(message, channel) {
  const sure = await confirmed({ title: "Delete this message?", text: "It goes for everybody, and cannot be brought back.", confirm: "Delete", deny: "Keep it", style: "danger" });
  if (sure) attempt("delete", { channel, ts: message.ts });
}

function more(button, node, message, list) {
  const { channel } = list;
  const own = message.user === store.as && !message.author?.bot && (!message.subtype || message.subtype === "thread_broadcast");
  const mayDelete = (own || me()?.admin) && message.subtype !== "tombstone";
  const shortcuts = store.world.shortcuts.filter((one) => one.type === "message" || one.type === "message_action");
  const choices = [
    ...(own ? [{ value: () => edit(node, message, list), label: "Edit message" }] : []),
    ...(list.inThread ? [] : [{ value: () => list.openThread(message.thread_ts ?? message.ts), label: "Reply in thread" }]),
    ...shortcuts.map((one) => ({ value: () => attempt("message_shortcut", { channel, ts: message.ts, name: one.name }), label: one.name, note: "shortcut" })),
    ...(mayDelete ? [{ value: () => remove(message, channel), label: "Delete message", danger: true }] : []),
  ];
  if (!choices.length) choices.push({ value: () => {}, label: "Nothing more to do here", disabled: true });
  choose(button, choices, { label: "More for this message", onPick: (run) => run() });
}

/**
 * The small bar of a message, put there when somebody reaches it.
 * @param {HTMLElement} node @param {any} message @param {{channel: string, inThread: boolean, openThread: (ts: string) => void, refresh: () => any}} list
 */
export function addTools(node, message, list) {
  if (message.ephemeral || node.querySelector(".tools")) return;
  const reactTo = tool("smile", "Add a reaction");
  const reply = tool("reply", "Reply in thread");
  const other = tool("more", "More");
  for (const opener of [reactTo, other]) opener.setAttribute("aria-haspopup", "menu");
  reactTo.addEventListener("click", () => pickReaction(reactTo, message, list.channel));
  reply.addEventListener("click", () => list.openThread(message.thread_ts ?? message.ts));
  other.addEventListener("click", () => more(other, node, message, list));
  node.append(el("div", { class: "tools", role: "toolbar", "aria-label": "For this message" }, reactTo, list.inThread ? null : reply, other));
}
