// Builds the DOM for Block Kit's blocks, as Slack shows them; a block it does not know becomes a labelled box.

import { el, uid } from "./dom.js";
import { interactive } from "./elements.js";
import { markdown } from "./markdown.js";
import { link, plain, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { chart, table } from "./tables.js";

/** @typedef {import("./elements.js").Surface} Surface */

/** A picture from this playground; one from elsewhere is named and linked, since the page asks nobody else. */
export function picture(source, alt, className) {
  const address = source.image_url ?? source.slack_file?.url ?? source.url ?? "";
  const here = address && new URL(address, location.href).origin === location.origin;
  if (here) return el("img", { class: className, src: address, alt: alt ?? "", loading: "lazy" });
  return el("span", { class: `${className} picture-away` }, "Picture: ", address ? link(address, alt || "no description") : alt || "no description");
}

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

function image(block) {
  return el("figure", { class: "figure" },
    block.title && el("figcaption", {}, plain(block.title)),
    picture(block, block.alt_text, "image"));
}

function input(block, surface) {
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const control = interactive(block.element, surface, block);
  const field = control.matches("[id^=field], .ticks") ? control : control.querySelector("[id^=field]");
  const label = uid("label");
  const hint = block.hint && el("p", { class: "field-hint", id: uid("hint") }, ...textObject(block.hint));
  const error = el("p", { class: "field-error", id: uid("error"), hidden: true });
  if (field) {
    if (!field.hasAttribute("aria-label")) field.setAttribute("aria-labelledby", label);
    field.setAttribute("aria-describedby", [hint?.id, error.id].filter(Boolean).join(" "));
    if (!block.optional && !grouped && field.tagName !== "BUTTON") field.setAttribute("aria-required", "true");
  }
  return el("div", { class: "field" },
    el(grouped || !field ? "div" : "label", { class: "field-label", id: label, for: grouped || !field ? undefined : field.id },
      plain(block.label), block.optional && el("span", { class: "field-optional" }, " (optional)")),
    control, hint, error);
}

function video(block) {
  const title = link(block.title_url ?? block.video_url, plain(block.title));
  return el("div", { class: "box" }, el("p", { class: "strong" }, "▶ ", title),
    block.description && el("p", {}, plain(block.description)),
    el("p", { class: "dim" }, [block.author_name, block.provider_name].filter(Boolean).join(" · ")));
}

function card(block, surface) {
  return el("div", { class: "card" },
    block.hero_image && picture(block.hero_image, block.hero_image.alt_text, "card-hero"),
    el("div", { class: "card-body" },
      block.icon && picture(block.icon, block.icon.alt_text, "image-tiny"),
      block.title && el("div", { class: "text strong" }, ...textObject(block.title)),
      block.subtitle && el("div", { class: "text dim" }, ...textObject(block.subtitle)),
      block.body && el("div", { class: "text" }, ...textObject(block.body)),
      block.actions && el("div", { class: "elements" }, block.actions.map((element) => interactive(element, surface, block)))));
}

function carousel(block, surface) {
  return el("div", { class: "carousel", role: "group", "aria-label": "Cards side by side", tabindex: 0 }, block.elements.map((element) => card(element, surface)));
}

function alert(block) {
  const words = { info: "Note", warning: "Warning", error: "Error", success: "Done" }[block.level];
  return el("div", { class: `alert alert-${block.level ?? "default"}` }, words && el("strong", {}, `${words}: `), el("div", { class: "text" }, ...textObject(block.text)));
}

const STATUS = { pending: "to do", in_progress: "under way", complete: "done", error: "did not work" };

function task(block) {
  return el("div", { class: "box" },
    el("p", { class: "strong" }, block.title, " ", el("span", { class: "badge" }, STATUS[block.status] ?? block.status)),
    block.details && el("div", { class: "text" }, ...richText(block.details)),
    block.output && el("div", { class: "text" }, ...richText(block.output)),
    block.sources && el("p", {}, block.sources.map((source) => [link(source.url, source.text), " "])));
}

function plan(block) {
  return el("div", { class: "box" }, el("p", { class: "strong" }, block.title), (block.tasks ?? []).map(task));
}

function container(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : [plain(block.title)];
  const head = [...title, block.subtitle && el("span", { class: "dim" }, " ", ...textObject(block.subtitle))];
  const body = block.child_blocks.map((child) => blockNode(child, surface));
  if (!block.is_collapsible) return el("div", { class: "box" }, el("p", { class: "strong" }, ...head), body);
  return el("details", { class: "box", open: !block.default_collapsed }, el("summary", { class: "strong" }, ...head), body);
}

function box(block) {
  return el("div", { class: "box" }, el("p", { class: "dim" }, `Block: ${block.type}`), plain(block.title) && el("p", { class: "strong" }, plain(block.title)));
}

const KINDS = {
  section,
  header: (block) => el("h3", { class: "heading" }, plain(block.text)),
  divider: () => el("hr", { class: "block-divider" }),
  context,
  actions: elements,
  context_actions: elements,
  image,
  input,
  rich_text: (block) => el("div", { class: "text" }, ...richText(block)),
  markdown: (block) => el("div", { class: "text" }, ...markdown(block.text)),
  video,
  table,
  data_table: table,
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
