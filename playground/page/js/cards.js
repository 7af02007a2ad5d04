// Shows cards, alerts, plans and tasks.

import { el } from "./dom.js";
import { interactive } from "./elements.js";
import { picture } from "./media.js";
import { link, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

/** @typedef {import("./elements.js").Surface} Surface */

const words = (text, more = "") => text && el("div", { class: `text ${more}` }, ...textObject(text));

/** @param {any} block @param {Surface} surface */
export function card(block, surface) {
  const title = words(block.title, "strong");
  return el("div", { class: "card" },
    block.hero_image && picture(block.hero_image, block.hero_image.alt_text, "card-hero"),
    el("div", { class: "card-body" },
      block.icon ? el("div", { class: "card-head" }, picture(block.icon, block.icon.alt_text, "image-tiny"), title) : title,
      words(block.subtitle, "dim"),
      words(block.body),
      block.actions && el("div", { class: "elements" }, block.actions.map((element) => interactive(element, surface, block)))));
}

export function carousel(block, surface) {
  return el("div", { class: "carousel", role: "group", "aria-label": `${block.elements.length} cards side by side`, tabindex: 0 }, block.elements.map((element) => card(element, surface)));
}

const LEVELS = { info: "Note", warning: "Warning", error: "Error", success: "Done" };

export function alert(block) {
  const level = LEVELS[block.level];
  return el("div", { class: `alert alert-${level ? block.level : "default"}`, role: "note" }, level && el("strong", {}, `${level}:`), words(block.text));
}

const STATUS = { pending: "to do", in_progress: "under way", complete: "done", error: "did not work" };

export function task(block) {
  return el("div", { class: "box task" },
    el("p", { class: "strong" }, block.title ?? "Task", block.status && [" ", el("span", { class: `badge badge-${block.status}` }, STATUS[block.status] ?? block.status)]),
    block.details && el("div", { class: "text" }, ...richText(block.details)),
    block.output && el("div", { class: "text" }, ...richText(block.output)),
    block.sources?.length && el("p", { class: "dim" }, "Sources: ", block.sources.map((source, index) => [index ? ", " : "", link(source.url, source.text)])));
}

export function plan(block) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((one) => one.status === "complete").length;
  return el("div", { class: "box" }, el("p", { class: "strong" }, block.title, tasks.length ? el("span", { class: "dim" }, ` · ${done} of ${tasks.length} done`) : null), tasks.map(task));
}
