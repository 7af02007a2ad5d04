// Builds one message: who said it and when, its words or blocks, its files, reactions and replies.

import { act } from "./api.js";
import { attachment } from "./attachments.js";
import { blockNode } from "./blocks.js";
import { bdi, el, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { sharedFile } from "./media.js";
import { mrkdwn } from "./mrkdwn.js";
import { appOf, avatar } from "./people.js";
import { personName, store } from "./state.js";
import { ago, ms, stampOf, timeOf } from "./time.js";
import { sayAck, toast } from "./toast.js";

const NEEDS_APP = ["press", "shortcut", "message_shortcut"];

/** Does something as this member and says calmly when that fails. */
export async function attempt(action, what, app = "The app") {
  try {
    const answer = await act(store.as, action, what);
    if (answer.ack === "none" && NEEDS_APP.includes(action)) toast(`${app} is not connected just now.`);
    return sayAck(answer, app);
  } catch (error) {
    toast(error.message);
    return null;
  }
}

/** @returns {import("./elements.js").Surface} */
function surfaceOf(message, channel) {
  const app = appOf(message.app_id ?? message.bot_id)?.name;
  const send = (action, what) => attempt(action, { channel, ts: message.ts, ...what }, app);
  return { kind: "message", send, suggest: (what) => send("suggest", what) };
}

function words(message, surface) {
  const fromApp = message.author?.bot && message.blocks?.some((block) => block.type !== "rich_text");
  const edited = message.edited && !fromApp && el("span", { class: "edited" }, " (edited)");
  if (message.blocks?.length) {
    return [el("div", { class: fromApp ? "blocks blocks-app" : "blocks" }, message.blocks.map((block) => blockNode(block, surface))), edited];
  }
  if (!message.text) return [];
  return [el("div", { class: message.subtype ? "text dim" : "text", dir: "auto" }, ...mrkdwn(message.text), edited)];
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map((one) => {
    const mine = one.users.includes(store.as);
    const names = one.users.map(personName).join(", ");
    const node = el("button", {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "aria-label": `${one.name.replaceAll("_", " ")}, ${one.count}: ${names}`,
      title: `${names} · :${one.name}:`,
    }, el("span", { class: "emoji" }, emoji(one.name) ?? `:${one.name}:`), " ", el("span", {}, String(one.count)));
    node.addEventListener("click", () => attempt(mine ? "unreact" : "react", { channel, ts: message.ts, emoji: one.name }));
    return node;
  }));
}

/** "3 replies · last one a minute ago" */
function replies(message, openThread) {
  if (!message.reply_count || (message.thread_ts && message.thread_ts !== message.ts)) return null;
  const node = el("button", { type: "button", class: "replies" },
    `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`,
    message.latest_reply && [" · last one ", el("span", { data: { ago: message.latest_reply } }, ago(ms(message.latest_reply)))]);
  node.addEventListener("click", () => openThread(message.ts));
  return node;
}

/** Keeps "a minute ago" true as time goes on. */
export function refreshAgo(root = document) {
  for (const node of root.querySelectorAll("[data-ago]")) {
    const text = ago(ms(node.dataset.ago));
    if (node.textContent !== text) node.textContent = text;
  }
}

function head(message, who) {
  const badge = who.bot ? el("span", { class: "badge" }, "app") : null;
  const at = ms(message.ts);
  return el("p", { class: "message-head" },
    bdi(message.username || who.name, { class: "author" }), " ",
    badge ?? (who.sector && bdi(who.sector, { class: "sector" })), " ",
    el("time", { class: "time", datetime: new Date(at).toISOString(), title: stampOf(at) }, timeOf(at)));
}

/** @param {any} message what Slack and the control API call a message */
export function authorOf(message) {
  const id = message.author?.id ?? message.user ?? message.bot_id ?? "";
  return { id, name: message.author?.name ?? message.username ?? personName(id), sector: message.author?.sector, bot: Boolean(message.author?.bot ?? message.bot_id) };
}

/**
 * @param {any} message
 * @param {{channel: string, inThread: boolean, openThread: (ts: string) => void}} where
 */
export function messageNode(message, where) {
  const who = authorOf(message);
  const node = el("article", { class: `message${message.ephemeral ? " message-ephemeral" : ""}`, tabindex: -1, data: { ts: message.ts } });
  const only = message.ephemeral && el("p", { class: "only-you" }, icon("lock"), "Only visible to you ",
    el("button", { type: "button", class: "link-button", on: { click: () => attempt("delete", { channel: where.channel, ts: message.ts }) } }, "Dismiss"));
  const broadcast = !where.inThread && message.subtype === "thread_broadcast" && el("p", { class: "only-you" }, "also replied to ",
    el("button", { type: "button", class: "link-button", on: { click: () => where.openThread(message.thread_ts) } }, "a thread"));
  const surface = surfaceOf(message, where.channel);
  node.setAttribute("aria-label", `${message.username || who.name}, ${timeOf(ms(message.ts))}`);
  node.append(avatar(who), el("div", { class: "message-body" },
    ...[only, broadcast, head(message, who), ...words(message, surface),
      ...(message.attachments ?? []).map((one) => attachment(one, surface)), ...(message.files ?? []).map(sharedFile),
      reactions(message, where.channel), !where.inThread && replies(message, where.openThread)].filter(Boolean)));
  return node;
}

