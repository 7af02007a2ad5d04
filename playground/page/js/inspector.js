// The wire: every call and delivery between the playground and the apps, newest first, each to open and read.

import { get } from "./api.js";
import { el, fill, icon, single } from "./dom.js";
import { timeOf } from "./time.js";
import { toast } from "./toast.js";

const KEEP = 300;

function when(at) {
  const time = typeof at === "number" ? at * 1000 : Date.parse(at);
  return Number.isFinite(time) ? timeOf(time) : "";
}

function json(label, value) {
  if (value === undefined || value === null) return null;
  return [el("p", { class: "wire-label" }, label), el("pre", { dir: "ltr", tabindex: 0 }, typeof value === "string" ? value : JSON.stringify(value, null, 2))];
}

function row(entry) {
  const inward = entry.direction === "in";
  const failed = entry.ok === false ? entry.answer?.error ?? (typeof entry.answer === "string" && entry.answer ? entry.answer : "failed") : "";
  const details = el("details", { class: `wire-entry${entry.ok === false ? " wire-failed" : ""}`, data: { words: [entry.what, entry.direction, failed, entry.fault && `fault ${entry.fault}`, entry.retry && "again"].filter(Boolean).join(" ").toLowerCase() } },
    el("summary", {},
      el("span", { class: "wire-way" }, inward ? "app → Slack" : "Slack → app"), " ",
      el("span", { class: "wire-what" }, entry.what), " ",
      failed && el("span", { class: "badge badge-failed" }, failed), " ",
      entry.retry && el("span", { class: "badge" }, `sent again, ${entry.retry} of 3`), " ",
      entry.fault && el("span", { class: "badge badge-fault" }, `fault: ${entry.fault}`), " ",
      el("span", { class: "wire-when" }, [when(entry.at), typeof entry.ms === "number" && `${entry.ms.toFixed(entry.ms < 10 ? 1 : 0)} ms`].filter(Boolean).join(" · "))));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...[json("Sent", entry.body), json("Answered", entry.answer)].flat().filter(Boolean));
  });
  return details;
}

export class Inspector {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
    this.last = 0;
    this.filter = el("input", { type: "search", class: "input", placeholder: "Find a method, event or fault", "aria-label": "Find a method, event or fault" });
    this.none = el("p", { class: "wire-none", role: "status" });
    this.list = el("div", { class: "wire-list" });
    const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close the wire" }, icon("close"));
    fill(node, el("header", { class: "place" }, el("h2", { class: "place-name" }, "Wire"), el("span", { class: "place-topic" }, "Slack and the app, newest first"), close), el("div", { class: "wire-find" }, this.filter), this.none, this.list);
    close.addEventListener("click", () => this.toggle());
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle();
    });
    this.filter.addEventListener("input", () => this.sift());
    this.refresh = single(() => this.load());
  }

  toggle(opener) {
    if (opener) this.opener = opener;
    this.node.hidden = !this.node.hidden;
    this.opener?.setAttribute("aria-expanded", String(!this.node.hidden));
    if (this.node.hidden) this.opener?.focus();
    else {
      this.filter.focus();
      this.refresh();
    }
  }

  async load() {
    if (this.node.hidden) return;
    try {
      const { entries } = await get("log", { after: this.last || undefined });
      if (!entries.length) return;
      this.last = entries.at(-1).n;
      this.list.prepend(...entries.slice(-KEEP).reverse().map(row));
      while (this.list.children.length > KEEP) this.list.lastChild.remove();
      this.sift();
    } catch (error) {
      toast(error.message);
    }
  }

  sift() {
    const wanted = this.filter.value.trim().toLowerCase();
    for (const entry of this.list.children) entry.hidden = !entry.dataset.words.includes(wanted);
    const none = [...this.list.children].every((entry) => entry.hidden);
    this.none.textContent = !none ? "" : wanted ? `Nothing here is called “${wanted}”.` : "Nothing has gone over the wire yet.";
  }
}
