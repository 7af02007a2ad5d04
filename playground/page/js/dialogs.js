// Asks "are you sure?", as Slack does for a button with a confirm dialog.

import { el, fill, uid } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

/**
 * @param {{title?: any, text: any, confirm?: any, deny?: any, style?: string}} words Slack's confirm object, or plain strings
 * @returns {Promise<boolean>}
 */
export function confirmed(words) {
  return new Promise((resolve) => {
    const heading = uid("confirm");
    const body = uid("confirm-text");
    const dialog = el("dialog", { class: "dialog dialog-small", "aria-labelledby": heading, "aria-describedby": body });
    const yes = el("button", { type: "button", class: `button ${words.style === "danger" ? "button-danger" : "button-primary"}` }, plain(words.confirm) || "Yes");
    const no = el("button", { type: "button", class: "button" }, plain(words.deny) || "No");
    fill(dialog,
      el("header", { class: "dialog-head" }, el("h2", { id: heading }, plain(words.title) || "Are you sure?")),
      el("div", { class: "dialog-body text", id: body }, ...textObject(words.text)),
      el("footer", { class: "dialog-foot" }, no, yes));
    yes.addEventListener("click", () => dialog.close("yes"));
    no.addEventListener("click", () => dialog.close("no"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    (words.style === "danger" ? no : yes).focus();
  });
}
