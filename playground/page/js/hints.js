// The three hints of a first visit; dismissed once, they stay away.

import { el, fill, icon } from "./dom.js";

const KEY = "togetherness:hints";
const TITLE = "First time here?";
/** Each hint: the words, and within them the thing to press. */
const HINTS = [
  ["Press ", "To the next thing", ": the question of the week comes."],
  ["Press ", "Answer", "."],
  ["Switch to someone else above and reply", "", "."],
];

/** @param {HTMLElement} node */
export function showHints(node) {
  if (localStorage.getItem(KEY) === "seen") return;
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Dismiss these hints" }, icon("close"));
  close.addEventListener("click", () => {
    localStorage.setItem(KEY, "seen");
    node.hidden = true;
    document.getElementById("composer-text")?.focus();
  });
  const words = HINTS.map(([before, thing, after], index) => [` ${index + 1} · ${before}`, thing && el("strong", {}, thing), after]);
  fill(node, el("p", {}, el("strong", {}, TITLE), words), close);
  node.hidden = false;
}
