// Builds the select menus of Block Kit: one of several, and several of many.

import { el, fill, quiet, uid } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { choose } from "./popover.js";
import { channelName, isHome, mayRead, store } from "./state.js";

/** @typedef {{id: string, text: string, raw?: string, note?: string, group?: string}} Entry `id` is an option's value or an object's id */

function peopleEntries() {
  return store.world.members.filter((one) => !one.deactivated && !one.bot).map((one) => ({ id: one.id, text: one.name, note: one.sector }));
}

function channelEntries(kinds) {
  return store.world.channels
    .filter((one) => kinds.includes(one.kind) && mayRead(one.id))
    .map((one) => ({ id: one.id, text: `${one.kind === "public" || one.kind === "private" ? "#" : ""}${channelName(one)}` }));
}

const KINDS = { im: "dm", mpim: "group", public: "public", private: "private" };

function entriesOf(element) {
  if (element.type.includes("users")) return peopleEntries();
  if (element.type.includes("channels")) return channelEntries(["public"]);
  if (element.type.includes("conversations")) return channelEntries((element.filter?.include ?? Object.keys(KINDS)).map((kind) => KINDS[kind]));
  const entry = (option, group) => ({ id: option.value, text: plain(option.text), raw: option.text.text, note: plain(option.description), group });
  if (element.option_groups) return element.option_groups.flatMap((group) => group.options.map((option) => entry(option, plain(group.label))));
  return (element.options ?? []).map((option) => entry(option));
}

/** The ids chosen by Slack's `initial_*` or `selected_*` properties. */
function chosenIds(holder, prefix) {
  for (const [key, value] of Object.entries(holder ?? {})) {
    if (!key.startsWith(prefix) || value === null || value === undefined) continue;
    return [value].flat().map((one) => (typeof one === "string" ? one : one.value));
  }
  return [];
}

function startIds(element, surface, block) {
  const saved = surface.saved?.(block, element);
  if (saved) return chosenIds(saved, "selected_");
  const chosen = chosenIds(element, "initial_");
  if (!chosen.length && element.default_to_current_conversation && !isHome(store.place)) return [store.place];
  return chosen;
}

/** What `choose` and `submit` send for an entry: the option's text, or an id. */
const sent = (entry) => entry.raw ?? entry.id;

export function oneMenu(element, surface, block, tell) {
  const entries = entriesOf(element);
  const [start] = startIds(element, surface, block);
  const groups = [...new Set(entries.map((entry) => entry.group))];
  const options = (group) => entries.filter((entry) => entry.group === group)
    .map((entry) => el("option", { value: entry.id }, entry.note ? `${entry.text} · ${entry.note}` : entry.text));
  const empty = el("option", { value: "" }, plain(element.placeholder) || "Choose one");
  const node = el("select", { class: "input select", id: uid("field"), "aria-label": block.type === "input" ? undefined : plain(element.placeholder) || "Choose one", data: { action: element.action_id ?? "" } },
    empty, groups.map((group) => (group ? el("optgroup", { label: group }, options(group)) : options(group))));
  node.value = entries.some((entry) => entry.id === start) ? start : "";
  const entry = () => entries.find((one) => one.id === node.value);
  surface.field?.({
    block, element, node,
    value: () => (entry() ? sent(entry()) : null),
    raw: () => node.value,
    restore: (raw) => {
      node.value = entries.some((one) => one.id === raw) ? raw : "";
    },
  });
  if (tell) {
    let before = node.value;
    node.addEventListener("change", async () => {
      if (!entry()) return;
      if (await tell(node, sent(entry()))) before = node.value;
      else node.value = before;
    });
  }
  return node;
}

export function manyMenu(element, surface, block, tell) {
  const entries = entriesOf(element);
  const label = plain(block.label) || plain(element.placeholder) || "Choose some";
  let chosen = startIds(element, surface, block).filter((id) => entries.some((entry) => entry.id === id));
  const node = el("button", { type: "button", class: "input select many", id: uid("field"), "aria-haspopup": "listbox", "aria-expanded": "false", data: { action: element.action_id ?? "" } });
  node.setAttribute("aria-labelledby", node.id); // what it is for, and what is chosen
  const textOf = (id) => entries.find((entry) => entry.id === id).text;
  const show = () => {
    const words = chosen.length ? chosen.map((id) => el("span", { class: "chip" }, textOf(id))) : [el("span", { class: "dim" }, plain(element.placeholder) || "Choose some")];
    fill(node, quiet(`${label}: `), ...words);
  };
  const value = () => chosen.map((id) => sent(entries.find((entry) => entry.id === id)));
  node.addEventListener("click", () => {
    const before = chosen.join();
    choose(node, entries.map((entry) => ({ value: entry.id, label: entry.text, note: [entry.group, entry.note].filter(Boolean).join(" · "), chosen: chosen.includes(entry.id) })), {
      label,
      list: true,
      many: true,
      filter: entries.length > 8,
      className: "choices-many",
      onPick: (id, add) => {
        if (add && element.max_selected_items && chosen.length >= element.max_selected_items) return false;
        chosen = add ? [...chosen, id] : chosen.filter((one) => one !== id);
        show();
        return true;
      },
      onClose: () => {
        if (tell && chosen.join() !== before) tell(node, value());
      },
    });
  });
  surface.field?.({
    block, element, node, value,
    raw: () => chosen,
    restore: (raw) => {
      chosen = raw.filter((id) => entries.some((entry) => entry.id === id));
      show();
    },
  });
  show();
  return node;
}
