// Who somebody is on the page: initials on a colour that stays theirs, and the line under their name.

import { el } from "./dom.js";
import { store } from "./state.js";

const TINTS = 10;

function initials(name, app) {
  const words = name.replace(/[^\p{L}\p{N}\s'-]/gu, "").split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  const first = [...words[0]][0];
  return (app || words.length === 1 ? first : first + [...words[words.length - 1]][0]).toUpperCase();
}

function tint(id) {
  let sum = 0x811c9dc5; // FNV-1a: names that differ little get colours that differ
  for (const character of id) sum = Math.imul(sum ^ character.codePointAt(0), 0x01000193) >>> 0;
  return (sum >>> 8) % TINTS;
}

/**
 * @param {{id: string, name: string, bot?: boolean}} who
 * @param {"small"|"large"} [size]
 */
export function avatar(who, size = "large") {
  const colour = who.bot ? "app" : tint(who.id ?? who.name);
  return el("span", { class: `avatar avatar-${size} tint-${colour}`, "aria-hidden": "true" }, initials(who.name ?? "?", who.bot));
}

/** Which app a message or view belongs to; the playground's first one when it does not say. */
export function appOf(id) {
  return store.world.apps.find((app) => app.id === id || app.bot_user === id) ?? store.world.apps[0];
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "18 people from four sectors" */
export function crowd(members) {
  const here = store.world.members.filter((one) => !one.bot && members.includes(one.id));
  const sectors = new Set(here.map((one) => one.sector).filter(Boolean));
  const people = `${here.length} ${here.length === 1 ? "person" : "people"}`;
  if (sectors.size < 2) return people;
  return `${people} from ${NUMBERS[sectors.size] ?? sectors.size} sectors`;
}
