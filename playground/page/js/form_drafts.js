// Keeps what somebody types into a form until it is sent or left, so that neither a slip, a reload nor a lost form costs words.

import { keyOf } from "./block_list.js";
import { plain } from "./mrkdwn.js";
import { store } from "./state.js";

const TYPED = /(text|number)_input$/;
const prefix = () => `togetherness:form:${store.as}:`;
const name = (id) => prefix() + id;

const typed = (fields) => fields.filter((field) => TYPED.test(field.element.type));
const read = (id) => JSON.parse(sessionStorage.getItem(name(id)) ?? "null");

/** Whether something is written in the form that nobody has been sent. */
export function isWritten(id) {
  return Boolean(read(id));
}

/**
 * What the fields hold before anybody writes in them; fields that are known already keep what they held.
 * @param {import("./elements.js").Field[]} fields @param {Map<string, string>} [known]
 */
export function asOpened(fields, known = new Map()) {
  return new Map([...typed(fields).map((field) => [keyOf(field), field.raw()]), ...known]);
}

/** Takes note of the words in a form that are not those it had before. @param {any} view @param {import("./elements.js").Field[]} fields */
export function keepWords(view, fields, before) {
  const words = typed(fields).filter((field) => field.raw() !== before.get(keyOf(field)))
    .map((field) => ({ key: keyOf(field), before: before.get(keyOf(field)), label: plain(field.block.label), text: field.raw() }));
  if (words.length) sessionStorage.setItem(name(view.id), JSON.stringify({ title: plain(view.title), words }));
  else forget(view.id);
}

/** Puts the words back, as after a reload. @returns {Map<string, string>} what the fields hold without them */
export function putBack(view, fields) {
  const before = asOpened(fields);
  for (const { key, before: old, text } of read(view.id)?.words ?? []) {
    const field = fields.find((one) => keyOf(one) === key);
    if (!field) continue;
    before.set(key, old);
    field.restore(text);
  }
  return before;
}

/** The form has been sent or left. */
export function forget(id) {
  sessionStorage.removeItem(name(id));
}

/**
 * Takes out the words of forms that are not open any more.
 * @param {Set<string>} open ids of views
 * @returns {{title: string, words: {label: string, text: string}[]}[]}
 */
export function takeLost(open) {
  const ids = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix())).map((key) => key.slice(prefix().length));
  return ids.filter((id) => !open.has(id)).map((id) => {
    const lost = read(id);
    forget(id);
    return lost;
  });
}
