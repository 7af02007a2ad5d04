// Says calmly, for a few seconds, that something did not work.

import { el, icon } from "./dom.js";

const STAY = 9000;

/** @param {string} text @param {{stays?: boolean}} [how] `stays` until it is dismissed, as one's own words do */
export function toast(text, { stays = false } = {}) {
  const box = document.querySelector("dialog[open] .toasts-within") ?? document.getElementById("toasts");
  for (const old of [...box.children]) if (old.dataset.text === text) old.remove();
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Dismiss" }, icon("close"));
  const note = el("div", { class: "toast", data: { text } }, el("p", {}, text), close);
  close.addEventListener("click", () => note.remove());
  box.append(note);
  if (!stays) setTimeout(() => note.remove(), STAY);
}

/** What became of an act that an app had to answer. */
export function sayAck(answer, app) {
  if (answer.ack === "timeout") toast(`${app} did not answer within three seconds.`);
  if (answer.ack === "error") toast(`${app} answered with an error.`);
  return answer;
}
