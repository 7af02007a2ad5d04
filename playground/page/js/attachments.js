// Shows a message's attachments, the older way for apps to say more than one line.

import { blockNode } from "./blocks.js";
import { bdi, el } from "./dom.js";
import { picture } from "./media.js";
import { link, mrkdwn } from "./mrkdwn.js";
import { ms, stampOf } from "./time.js";

const COLOURS = { good: "success", warning: "warning", danger: "error" };

const words = (text) => text && el("div", { class: "text" }, ...mrkdwn(text));

function fields(list) {
  return list?.length ? el("div", { class: "fields" }, list.map((field) => el("div", {}, field.title && el("p", { class: "strong" }, field.title), words(field.value)))) : null;
}

function bar(node, colour) {
  if (COLOURS[colour]) node.classList.add(`alert-${COLOURS[colour]}`);
  else if (/^#?[0-9a-f]{6}$/i.test(colour ?? "")) node.style.borderColor = `#${colour.replace("#", "")}`;
}

/** @param {any} one @param {import("./elements.js").Surface} surface */
export function attachment(one, surface) {
  const node = el("div", { class: "attachment" });
  bar(node, one.color);
  if (one.blocks) node.append(...one.blocks.map((block) => blockNode(block, surface)));
  else {
    const inside = [
      one.author_name && el("p", { class: "dim" }, one.author_link ? link(one.author_link, one.author_name) : bdi(one.author_name)),
      one.title && el("p", { class: "strong" }, one.title_link ? link(one.title_link, one.title) : one.title),
      words(one.text ?? (one.title ? "" : one.fallback)),
      fields(one.fields),
      one.image_url && picture(one, one.fallback ?? one.title, "image"),
      (one.footer || one.ts) && el("p", { class: "dim" }, [one.footer, one.ts && stampOf(ms(String(one.ts)))].filter(Boolean).join(" · ")),
    ];
    node.append(...inside.filter(Boolean));
  }
  return one.pretext ? el("div", {}, words(one.pretext), node) : node;
}
