// Builds the DOM for Slack's rich_text blocks.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";
import { groupName, store } from "./state.js";
import { slackDate } from "./time.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

function character(element) {
  if (element.unicode) return String.fromCodePoint(...element.unicode.split("-").map((code) => Number.parseInt(code, 16)));
  return emoji(element.name) ?? `:${element.name}:`;
}

function leaf(element) {
  switch (element.type) {
    case "text": return element.text;
    case "link": return link(element.url, element.text || element.url);
    case "emoji": return el("span", { class: "emoji", role: "img", "aria-label": element.name.replaceAll("_", " ") }, character(element));
    case "user": return userMention(element.user_id);
    case "channel": return channelMention(element.channel_id);
    case "usergroup": return el("bdi", { class: "mention" }, groupName(element.usergroup_id) ?? `@${element.usergroup_id}`);
    case "team": return el("bdi", { class: "mention" }, element.team_id === store.world.workspace.id ? store.world.workspace.name : element.team_id);
    case "broadcast": return el("bdi", { class: "mention mention-me" }, `@${element.range}`);
    case "color": return el("code", {}, element.value);
    case "date": {
      const shown = slackDate(element.timestamp, element.format) ?? element.fallback ?? "";
      return element.url ? link(element.url, shown) : el("time", {}, shown);
    }
    default: return element.text ?? `[${element.type}]`;
  }
}

function leaves(elements) {
  return elements.map((element) => styled(leaf(element), element.style));
}

const MARKERS = ["disc", "circle", "square"];

function list(element) {
  const indent = Math.min(element.indent ?? 0, 8);
  return el(element.style === "ordered" ? "ol" : "ul",
    { class: `rich-list indent-${indent} marker-${MARKERS[indent % 3]}`, start: element.offset ? element.offset + 1 : undefined },
    element.elements.map((item) => el("li", {}, ...leaves(item.elements))));
}

function part(element) {
  switch (element.type) {
    case "rich_text_section": return el("span", { class: "line" }, ...leaves(element.elements));
    case "rich_text_list": return list(element);
    case "rich_text_quote": return el("blockquote", {}, ...leaves(element.elements));
    case "rich_text_preformatted": return el("pre", {}, ...leaves(element.elements));
    default: return el("span", { class: "line" }, `[${element.type}]`);
  }
}

/** @param {{elements: any[]}} block @returns {any[]} nodes */
export function richText(block) {
  return block.elements.map(part);
}
