// Builds the fields of Block Kit in which one writes, ticks, or picks a date or a time.

import { el, uid } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";
import { now, zone } from "./time.js";

const INPUT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "number" };

/** The common part: takes note of the field and puts back what the view's state holds. */
function keep(surface, block, element, node, value, raw, restore, saved) {
  surface.field?.({ block, element, node, value, raw, restore });
  if (saved !== undefined && saved !== null) restore(saved);
}

function savedOf(surface, block, element, key) {
  const state = surface.saved?.(block, element);
  return state ? state[key] ?? null : undefined;
}

function richWords(initial) {
  const words = (element) => (element.elements ? element.elements.map(words).join(element.type === "rich_text_list" ? "\n" : "") : element.text ?? element.fallback ?? element.url ?? "");
  return initial ? initial.elements.map(words).join("\n") : "";
}

function savedText(surface, block, element) {
  if (element.type !== "rich_text_input") return savedOf(surface, block, element, "value");
  const saved = savedOf(surface, block, element, "rich_text_value");
  return saved && richWords(saved);
}

export function textField(element, surface, block, tell) {
  const many = element.multiline || element.type === "rich_text_input";
  const node = el(many ? "textarea" : "input", {
    class: "input",
    id: uid("field"),
    type: many ? undefined : INPUT_TYPES[element.type] ?? "text",
    rows: many ? 4 : undefined,
    maxlength: element.max_length ?? (element.type === "plain_text_input" ? 3000 : undefined),
    minlength: element.min_length,
    min: element.min_value,
    max: element.max_value,
    step: element.type === "number_input" ? (element.is_decimal_allowed ? "any" : 1) : undefined,
    placeholder: plain(element.placeholder) || undefined,
    dir: "auto",
    autocomplete: "off",
  });
  node.value = element.type === "rich_text_input" ? richWords(element.initial_value) : element.initial_value ?? "";
  const value = () => (node.value === "" ? null : node.value);
  const count = element.max_length ? el("span", { class: "count", "aria-hidden": "true" }) : null;
  const recount = () => {
    if (count) count.textContent = `${[...node.value].length} / ${element.max_length}`;
  };
  node.addEventListener("input", recount);
  keep(surface, block, element, node, value, () => node.value, (raw) => {
    node.value = raw;
    recount();
  }, savedText(surface, block, element));
  recount();
  if (tell) {
    const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    let timer = 0;
    if (!block.dispatch_action) node.addEventListener("change", () => tell(node, node.value));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || !block.dispatch_action || !when.includes("on_enter_pressed")) return;
      event.preventDefault();
      tell(node, node.value);
    });
    if (block.dispatch_action && when.includes("on_character_entered")) {
      node.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => tell(node, node.value), 300);
      });
    }
  }
  return count ? el("div", { class: "counted" }, node, count) : node;
}

function picker(type, initial, key, toValue, fromValue) {
  return (element, surface, block, tell) => {
    const node = el("input", { class: "input input-short", id: uid("field"), type, "aria-label": block.type === "input" ? undefined : plain(element.placeholder) || { date: "Date", time: "Time" }[type] || "Date and time" });
    if (element[initial] !== undefined) node.value = fromValue(element[initial]);
    const value = () => (node.value ? toValue(node.value) : null);
    const saved = savedOf(surface, block, element, key);
    keep(surface, block, element, node, value, () => node.value, (raw) => {
      node.value = raw;
    }, saved && fromValue(saved));
    if (tell) {
      node.addEventListener("change", () => {
        if (node.value) tell(node, toValue(node.value));
      });
    }
    return node;
  };
}

const same = (value) => value;
export const dateField = picker("date", "initial_date", "selected_date", same, same);
export const timeField = picker("time", "initial_time", "selected_time", same, same);

function localParts(at) {
  const found = {};
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone(), hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  for (const part of format.formatToParts(at)) found[part.type] = part.value;
  return `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
}

function toSeconds(local) {
  const asIf = Date.parse(`${local}:00Z`);
  const shift = Date.parse(`${localParts(asIf)}:00Z`) - asIf;
  return (asIf - shift) / 1000;
}

export const dateTimeField = picker("datetime-local", "initial_date_time", "selected_date_time", toSeconds, (seconds) => localParts(seconds * 1000 || now()));

function ticks(type, element, surface, block, tell, start, many) {
  const name = uid("ticks");
  const boxes = element.options.map((option) => {
    const box = el("input", { type, name, id: uid("tick"), value: option.value });
    box.checked = start.some((one) => one.value === option.value);
    const note = option.description && el("span", { class: "tick-note", id: uid("note") }, ...textObject(option.description));
    if (note) box.setAttribute("aria-describedby", note.id);
    return { box, option, row: el("label", { class: "tick" }, box, el("span", { class: "tick-text" }, ...textObject(option.text), note)) };
  });
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ option }) => option.text.text);
  const value = () => (many ? chosen() : chosen()[0] ?? null);
  const node = el("div", { class: "ticks", role: many ? "group" : "radiogroup", tabindex: -1 }, boxes.map(({ row }) => row));
  node.focus = () => (boxes.find(({ box }) => box.checked) ?? boxes[0])?.box.focus();
  const saved = savedOf(surface, block, element, many ? "selected_options" : "selected_option");
  keep(surface, block, element, node, value, () => boxes.filter(({ box }) => box.checked).map(({ option }) => option.value), (raw) => {
    for (const { box, option } of boxes) box.checked = raw.includes(option.value);
  }, saved && [saved].flat().map((one) => one.value));
  if (tell) node.addEventListener("change", () => tell(node, value()));
  return node;
}

export function checkboxes(element, surface, block, tell) {
  return ticks("checkbox", element, surface, block, tell, element.initial_options ?? [], true);
}

export function radios(element, surface, block, tell) {
  return ticks("radio", element, surface, block, tell, element.initial_option ? [element.initial_option] : [], false);
}
