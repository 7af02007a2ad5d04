// Where one writes: Enter sends, a slash lists the commands, and nothing written is ever lost.

import { act } from "./api.js";
import { el, fill, icon, uid } from "./dom.js";
import { attempt } from "./message.js";
import { choose } from "./popover.js";
import { store } from "./state.js";

const drafts = {
  key: (place) => `togetherness:draft:${store.as}:${place}`,
  read: (place) => sessionStorage.getItem(drafts.key(place)) ?? "",
  write: (place, text) => (text ? sessionStorage.setItem(drafts.key(place), text) : sessionStorage.removeItem(drafts.key(place))),
};

/** Every command with what may follow it, as the apps describe them. */
export function commandHints() {
  return store.world.commands.flatMap(({ command, description, usage_hint: usage }) => {
    const words = (usage ?? "").replace(/[[\]()]/g, "").split(/[|·,]/).map((word) => word.trim()).filter(Boolean);
    const more = words.length > 1 ? words.map((word) => ({ text: `${command} ${word}`, note: "" })) : [];
    return [{ text: command, note: [words.length === 1 ? words[0] : "", description].filter(Boolean).join(" · ") }, ...more];
  });
}

/** One place to write. */
export class Composer {
  /**
   * @param {HTMLElement} node
   * @param {{id: string, inThread: boolean, send: (text: string, broadcast: boolean) => Promise<any>, onSent?: () => void}} options
   */
  constructor(node, options) {
    this.options = options;
    this.place = "";
    this.listId = uid("commands");
    this.text = el("textarea", { id: options.id, class: "composer-text", rows: 1, dir: "auto", "aria-describedby": `${options.id}-error`, "aria-autocomplete": "list", "aria-controls": this.listId });
    this.error = el("p", { class: "field-error composer-error", id: `${options.id}-error`, role: "alert", hidden: true });
    this.list = el("ul", { class: "choices commands", role: "listbox", id: this.listId, "aria-label": "Suggestions", hidden: true });
    this.broadcast = el("input", { type: "checkbox", id: `${options.id}-broadcast` });
    this.shortcuts = el("button", { type: "button", class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("bolt"));
    const send = el("button", { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send" }, icon("send"));
    this.form = el("form", { class: "composer" }, this.list, el("div", { class: "composer-box" }, options.inThread ? null : this.shortcuts, this.text, send),
      options.inThread ? el("label", { class: "composer-also" }, this.broadcast, el("span", {}, "Also send to the channel")) : null, this.error);
    fill(node, this.form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.keys(event));
    this.text.addEventListener("blur", () => this.offer([]));
    this.shortcuts.addEventListener("click", () => this.openShortcuts());
  }

  /** Stands in another channel or thread now, with what was being written there. */
  stand(place, label, short = label) {
    this.place = place;
    this.text.placeholder = matchMedia("(max-width: 48rem)").matches ? short : label;
    this.text.setAttribute("aria-label", label);
    this.text.value = drafts.read(place);
    this.broadcast.checked = false;
    this.shortcuts.hidden = !this.globalShortcuts().length;
    this.say("");
    this.offer([]);
    this.grow();
  }

  /** Puts words there for the person to finish. */
  put(text) {
    this.text.value = text;
    this.text.focus();
    this.typed();
    this.offer([]);
  }

  say(problem) {
    this.error.textContent = problem;
    this.error.hidden = !problem;
    if (problem) this.text.setAttribute("aria-invalid", "true");
    else this.text.removeAttribute("aria-invalid");
  }

  typed() {
    drafts.write(this.place, this.text.value);
    this.say("");
    this.grow();
    this.offer(this.wanted());
  }

  /** What could complete the words: a command at their start, or somebody after an @. */
  wanted() {
    const start = this.text.value.toLowerCase();
    if (start.startsWith("/") && !start.includes("\n")) return this.options.inThread ? [] : commandHints().filter((hint) => hint.text.startsWith(start) && hint.text !== start);
    const [, begun] = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(this.text.value.slice(0, this.text.selectionStart)) ?? [];
    if (begun === undefined) return [];
    const near = (words) => words.toLowerCase().split(/\s+/).some((word) => word.startsWith(begun.toLowerCase()));
    return store.world.members.filter((one) => !one.deactivated && (near(one.name) || near(one.handle)))
      .map((one) => ({ text: `@${one.handle}`, note: [one.name, one.sector].filter(Boolean).join(" · "), begun: begun.length + 1 }));
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, innerHeight / 3)}px`;
  }

  offer(hints) {
    this.hints = hints.slice(0, 12);
    this.at = -1;
    this.list.hidden = !this.hints.length;
    fill(this.list, this.hints.map((hint, index) => {
      const row = el("li", { role: "option", id: `${this.listId}-${index}`, class: "choice", "aria-selected": "false" }, el("span", { class: "strong" }, hint.text), el("span", { class: "choice-note" }, hint.note));
      row.addEventListener("mousedown", (event) => event.preventDefault());
      row.addEventListener("click", () => this.take(index));
      return row;
    }));
    this.text.removeAttribute("aria-activedescendant");
  }

  mark(at) {
    this.at = (at + this.hints.length) % this.hints.length;
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
    this.text.setAttribute("aria-activedescendant", `${this.listId}-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const { text, begun = this.text.value.length } = this.hints[index];
    const end = this.text.selectionStart;
    this.text.setRangeText(`${text} `, begun > end ? 0 : end - begun, end, "end");
    this.typed();
    this.text.focus();
  }

  keys(event) {
    if (event.isComposing) return;
    if (!this.list.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.mark(this.at + (event.key === "ArrowDown" ? 1 : this.at === -1 ? 0 : -1));
    } else if (!this.list.hidden && (event.key === "Tab" || (event.key === "Enter" && this.at >= 0))) {
      event.preventDefault();
      this.take(Math.max(this.at, 0));
    } else if (!this.list.hidden && event.key === "Escape") {
      event.stopPropagation();
      this.offer([]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.text.value;
    if (!text.trim()) return;
    const { place } = this;
    const key = drafts.key(place);
    const broadcast = this.broadcast.checked;
    this.text.value = "";
    this.broadcast.checked = false;
    this.offer([]);
    this.say("");
    this.grow();
    this.form.setAttribute("aria-busy", "true");
    try {
      await this.options.send(text, broadcast);
      if (sessionStorage.getItem(key) === text) sessionStorage.removeItem(key);
      this.options.onSent?.();
    } catch (error) {
      const both = [text, sessionStorage.getItem(key)].filter((one, index) => one && (index === 0 || one !== text)).join("\n");
      sessionStorage.setItem(key, both);
      if (place === this.place && key === drafts.key(place)) {
        this.text.value = both;
        this.say(error.message);
        this.grow();
      }
    } finally {
      this.form.removeAttribute("aria-busy");
    }
  }

  globalShortcuts() {
    return store.world.shortcuts.filter((one) => one.type === "global" || one.type === "shortcut");
  }

  openShortcuts() {
    choose(this.shortcuts, this.globalShortcuts().map((one) => ({ value: one, label: one.name })), {
      label: "Shortcuts",
      onPick: (one) => attempt("shortcut", { callback_id: one.callback_id }),
    });
  }
}

/** Says something in a channel, or runs a command there. */
export async function sayIn(channel, text) {
  if (!text.startsWith("/") || text.startsWith("//")) return act(store.as, "say", { channel, text });
  return act(store.as, "command", { channel, text: text.trim() });
}
