// Builds the interactive elements of Block Kit: buttons and overflow menus here, the rest by fields.js and menus.js.

import { confirmed } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { checkboxes, dateField, dateTimeField, radios, textField, timeField } from "./fields.js";
import { fileField } from "./file_field.js";
import { manyMenu, oneMenu } from "./menus.js";
import { plain } from "./mrkdwn.js";
import { choose } from "./popover.js";
import { searchMenu } from "./search_menu.js";
import { store } from "./state.js";
import { toast } from "./toast.js";

/**
 * Where elements live, and how they reach the app.
 * @typedef {object} Surface
 * @property {"message"|"modal"|"home"} kind
 * @property {(action: "press"|"choose", what: object) => Promise<any>} send
 * @property {(what: object) => Promise<any>} suggest asks the app what an external menu offers
 * @property {(field: Field) => void} [field] takes note of a field that holds a value
 * @property {(block: any, element: any) => any} [saved] Slack's state value of a field, if there is one
 *
 * @typedef {object} Field
 * @property {any} block
 * @property {any} element
 * @property {HTMLElement} node the element to focus and describe
 * @property {() => any} value what `submit` sends; null when empty
 * @property {() => any} raw what the page shows, to carry over
 * @property {(raw: any) => void} restore
 */

/** Asks first if the element wants that, sends, and shows that it is under way. */
export async function sendFrom(node, element, surface, action, what) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.send(action, what);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}

function button(element, surface, block) {
  const label = plain(element.text);
  const style = { primary: "button-primary", danger: "button-danger" }[element.style] ?? "";
  const node = el("button", {
    type: "button",
    class: `button ${style}`,
    "aria-label": element.accessibility_label,
    data: { action: element.action_id ?? label },
  }, el("span", { class: "button-text" }, label));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy")) return;
    openAddress(element.url);
    sendFrom(node, element, surface, "press", { ...named(element, block), ...(element.action_id ? {} : { label: element.text.text }) });
  });
  return node;
}

/** Opens what a button or an option leads to; a browser follows addresses of the web only, as Slack does. */
function openAddress(url) {
  if (!url) return;
  if (/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) globalThis.open(url, "_blank", "noopener");
  else toast("This leads to no web address, so nothing was opened.");
}

/** How the control API finds this element again. */
function named(element, block) {
  return { ...(element.action_id ? { action_id: element.action_id } : {}), ...(block.block_id ? { block_id: block.block_id } : {}) };
}

function overflow(element, surface, block) {
  const node = el("button", {
    type: "button",
    class: "button button-more",
    "aria-label": "More actions",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    data: { action: element.action_id ?? "overflow" },
  }, icon("more"));
  node.addEventListener("click", () => {
    choose(node, element.options.map((option) => ({ value: option, label: plain(option.text), note: plain(option.description) })), {
      label: "More actions",
      onPick: (option) => {
        openAddress(option.url);
        sendFrom(node, element, surface, "choose", { ...named(element, block), label: element.action_id ?? "...", option: option.text.text });
      },
    });
  });
  return node;
}

function feedback(element, surface, block) {
  return el("span", { class: "elements" }, [element.positive_button, element.negative_button].map((one) => {
    const label = plain(one.text);
    const node = el("button", { type: "button", class: "button button-quiet", "aria-label": one.accessibility_label, data: { action: `${element.action_id} ${one.value}` } }, label);
    node.addEventListener("click", () => sendFrom(node, element, surface, "press", { ...named(element, block), label: one.text.text }));
    return node;
  }));
}

function iconButton(element, surface, block) {
  if (element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(store.as)) return el("span", { hidden: true });
  return button({ ...element, accessibility_label: element.accessibility_label ?? plain(element.text) }, surface, block);
}

const KINDS = {
  button,
  workflow_button: button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  static_select: oneMenu,
  users_select: oneMenu,
  conversations_select: oneMenu,
  channels_select: oneMenu,
  multi_static_select: manyMenu,
  multi_users_select: manyMenu,
  multi_conversations_select: manyMenu,
  multi_channels_select: manyMenu,
  external_select: searchMenu,
  multi_external_select: searchMenu,
  datepicker: dateField,
  timepicker: timeField,
  datetimepicker: dateTimeField,
  checkboxes,
  radio_buttons: radios,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: textField,
  file_input: fileField,
};

/**
 * @param {any} element @param {Surface} surface @param {any} block the block it stands in
 * @returns {HTMLElement}
 */
export function interactive(element, surface, block) {
  const build = KINDS[element.type];
  if (!build) return el("span", { class: "unknown", data: { unknown: element.type } }, `Element: ${element.type}`);
  const tell = (node, option) => sendFrom(node, element, surface, "choose", {
    ...named(element, block),
    label: element.action_id ?? (plain(element.placeholder) || plain(block.label) || element.type),
    ...(Array.isArray(option) ? { options: option } : { option }),
  });
  const dispatches = block.type !== "input" || block.dispatch_action || surface.kind !== "modal";
  return build(element, surface, block, dispatches ? tell : null);
}

