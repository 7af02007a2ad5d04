// Builds the DOM for Block Kit's blocks, as Slack shows them; a block it does not know becomes a labelled box.

import { alert, card, carousel, plan, task } from "./cards.js";
import { chart } from "./charts.js";
import { el, inert, uid } from "./dom.js";
import { interactive } from "./elements.js";
import { markdown } from "./markdown.js";
import { call, fileBlock, image, labelled, picture, video } from "./media.js";
import { plain, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";

/** @typedef {import("./elements.js").Surface} Surface */

function section(block, surface) {
  const fields = block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "text" }, ...textObject(field))));
  const words = el("div", { class: "section-words" }, block.text && el("div", { class: "text" }, ...textObject(block.text)), fields);
  if (!block.accessory) return el("div", { class: "section" }, words);
  return el("div", { class: "section section-with" }, words, el("div", { class: "accessory" }, one(block.accessory, surface, block)));
}

function one(element, surface, block) {
  return element.type === "image" ? picture(element, element.alt_text, "image-small") : interactive(element, surface, block);
}

function context(block) {
  return el("div", { class: "context" }, block.elements.map((element) =>
    element.type === "image" ? picture(element, element.alt_text, "image-tiny") : el("span", { class: "text" }, ...textObject(element))));
}

function elements(block, surface) {
  return el("div", { class: "elements" }, block.elements.map((element) => interactive(element, surface, block)));
}

function input(block, surface) {
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const control = interactive(block.element, surface, block);
  const field = control.matches("[id^=field], .ticks") ? control : control.querySelector("[id^=field]");
  const label = uid("label");
  const hint = block.hint && el("p", { class: "field-hint", id: uid("hint") }, ...textObject(block.hint));
  const error = el("p", { class: "field-error", id: uid("error"), hidden: true });
  if (field) {
    if (!field.hasAttribute("aria-label") && !field.hasAttribute("aria-labelledby")) field.setAttribute("aria-labelledby", label);
    field.setAttribute("aria-describedby", [hint?.id, error.id].filter(Boolean).join(" "));
    if (!block.optional && !grouped && field.tagName !== "BUTTON") field.setAttribute("aria-required", "true");
  }
  return el("div", { class: "field" },
    el(grouped || !field ? "div" : "label", { class: "field-label", id: label, for: grouped || !field ? undefined : field.id },
      plain(block.label), block.optional && el("span", { class: "field-optional" }, " (optional)")),
    control, hint, error);
}

function container(block, surface) {
  const title = block.rich_text_title ? el("span", { class: "text" }, ...richText(block.rich_text_title)) : plain(block.title);
  const head = [block.icon && picture(block.icon, block.icon.alt_text, "image-tiny"), el("span", { class: "strong" }, title),
    block.subtitle && el("span", { class: "dim" }, ...textObject(block.subtitle))];
  const body = el("div", { class: "container-body blocks" }, block.child_blocks.map((child) => blockNode(child, surface)));
  const name = `box container container-${block.width ?? "standard"}${block.has_header_divider ? " container-divided" : ""}`;
  if (!block.is_collapsible) return el("div", { class: name }, el("div", { class: "container-head" }, head), body);
  return el("details", { class: name, open: !block.default_collapsed }, el("summary", {}, inert(el("span", { class: "container-head" }, head))), body);
}

const LEVELS = [1, 2, 3, 4];

function header(block) {
  const level = LEVELS.includes(block.level) ? block.level : 1;
  return el(`h${level + 1}`, { class: `heading heading-${level}` }, plain(block.text));
}

/** The words of a block that the page does not know, one line each. */
function wordsIn(value) {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!value || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => (["text", "title", "name", "label"].includes(key) && typeof inner === "string" ? [inner] : wordsIn(inner)));
}

function box(block) {
  const node = labelled(`Block: ${block.type}`, "", wordsIn(block).map((line) => el("p", {}, line)));
  node.dataset.unknown = block.type;
  return node;
}

const KINDS = {
  section,
  header,
  divider: () => el("hr", { class: "block-divider" }),
  context,
  actions: elements,
  context_actions: elements,
  image,
  input,
  rich_text: (block) => el("div", { class: "text" }, ...richText(block)),
  markdown: (block) => el("div", { class: "text" }, ...markdown(block.text)),
  video,
  file: fileBlock,
  call,
  table,
  data_table: dataTable,
  data_visualization: chart,
  card,
  carousel,
  alert,
  plan,
  task_card: task,
  container,
};

/** @param {any} block @param {Surface} surface @returns {HTMLElement} */
export function blockNode(block, surface) {
  let node;
  try {
    node = (KINDS[block.type] ?? box)(block, surface);
  } catch (error) {
    console.error(`A ${block.type} block could not be shown:`, error);
    node = box(block);
  }
  node.classList.add("block");
  node.dataset.block = block.block_id ?? "";
  return node;
}
