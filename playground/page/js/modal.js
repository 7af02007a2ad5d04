// The modals an app has opened for this member: the top one of the stack, its fields, and its inline errors.

import { act, get } from "./api.js";
import { BlockList, keyOf } from "./block_list.js";
import { confirmed } from "./dialogs.js";
import { debounce, el, fill, icon, single, uid } from "./dom.js";
import { asOpened, forget, isWritten, keepWords, putBack, takeLost } from "./form_drafts.js";
import { attempt } from "./message.js";
import { plain } from "./mrkdwn.js";
import { appOf } from "./people.js";
import { lifted } from "./press.js";
import { store } from "./state.js";
import { sayAck, toast } from "./toast.js";

const MISSING = "Please fill this in.";
const CHECKS = {
  email_text_input: (text) => (/^\S+@\S+\.\S+$/.test(text) ? "" : "Please write an email address, such as name@example.org."),
  url_text_input: (text) => (URL.canParse(text) ? "" : "Please write a whole address, starting with https://."),
  number_input: (text, element) => {
    const value = Number(text);
    if (!Number.isFinite(value) || (!element.is_decimal_allowed && !Number.isInteger(value))) return "Please write a number.";
    if (element.min_value !== undefined && value < Number(element.min_value)) return `Please write ${element.min_value} or more.`;
    if (element.max_value !== undefined && value > Number(element.max_value)) return `Please write ${element.max_value} or less.`;
    return "";
  },
  plain_text_input: (text, element) => (element.min_length && text.length < element.min_length ? `Please write at least ${element.min_length} characters.` : ""),
};

const LEAVE = { title: "Leave this form?", text: "What you have written in it has not been sent.", confirm: "Leave", deny: "Keep writing", style: "danger" };

const sayLost = (title, words) => [`“${title}” is not open any more. You had written:`, ...words.map(({ label, text }) => `${label}: ${text}`)].join("\n");

const isEmpty = (value) => value === null || value === "" || (Array.isArray(value) && !value.length);

/** One view on the stack, with everything filled in so far. */
class Sheet {
  constructor(view, modals) {
    this.modals = modals;
    this.title = el("h2", { id: uid("modal"), tabindex: -1 });
    this.body = el("div", { class: "dialog-body" });
    this.problem = el("p", { class: "field-error", role: "alert", hidden: true });
    this.scroll = el("div", { class: "dialog-scroll" }, this.body, this.problem);
    this.cancel = el("button", { type: "button", class: "button", on: { click: () => this.modals.close() } });
    this.send = el("button", { type: "submit", class: "button button-primary" });
    const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => this.modals.leave() } }, icon("close"));
    this.node = el("form", { class: "sheet", novalidate: true }, el("header", { class: "dialog-head" }, this.title, close), this.scroll, el("footer", { class: "dialog-foot" }, this.cancel, this.send));
    this.list = new BlockList(this.body, {
      kind: "modal",
      send: (action, what) => this.act(action, what),
      suggest: (what) => attempt("suggest", { view: true, ...what }, appOf(this.view.app_id)?.name),
      saved: (block, element) => this.view.state?.values?.[block.block_id]?.[element.action_id],
    });
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) this.submit();
      else if (event.key === "Enter" && event.target instanceof HTMLInputElement && !["checkbox", "radio"].includes(event.target.type)) event.preventDefault();
    });
    this.show(view);
    this.synced = new Map(this.list.fields.map((field) => [keyOf(field), JSON.stringify(field.value())]));
    this.syncing = Promise.resolve();
    this.before = putBack(view, this.list.fields);
    const soon = debounce(() => this.sync(), 400);
    this.body.addEventListener("change", () => this.sync());
    this.body.addEventListener("input", () => {
      keepWords(this.view, this.list.fields, this.before);
      soon();
    });
  }

  show(view) {
    const changed = JSON.stringify(view.errors ?? {});
    this.view = view;
    this.title.textContent = plain(view.title);
    this.list.show(view.blocks, this.scroll);
    if (this.before) this.before = asOpened(this.list.fields, this.before);
    this.cancel.textContent = plain(view.close) || "Cancel";
    this.send.textContent = plain(view.submit);
    this.send.hidden = !view.submit;
    if (changed !== this.errorText && view.errors) this.errors(view.errors);
    this.errorText = changed;
  }

  /** Everything filled in, as the control API wants it: by block_id. */
  values() {
    const inputs = this.list.fields.filter((field) => field.block.type === "input");
    return Object.fromEntries(inputs.map((field) => [field.block.block_id, field.value()]));
  }

  async act(action, what) {
    const app = appOf(this.view.app_id)?.name;
    await this.sync();
    await this.modals.during(() => attempt(action, { view: true, ...what }, app));
  }

  /** Lets the playground hold what was filled in, so that the app sees it with a button, and a reload keeps it. */
  sync() {
    this.syncing = this.syncing.then(async () => {
      if (this.isBusy() || !this.node.isConnected) return; // the submission carries every value
      for (const field of this.list.fields) {
        const { block, element } = field;
        const value = field.value();
        const text = JSON.stringify(value);
        if (block.type !== "input" || block.dispatch_action || this.synced.get(keyOf(field)) === text) continue;
        this.synced.set(keyOf(field), text);
        try {
          await act(store.as, "choose", { view: true, block_id: block.block_id, action_id: element.action_id, [Array.isArray(value) ? "options" : "option"]: value });
        } catch {
          this.synced.delete(keyOf(field)); // the view has changed meanwhile: the submission carries every value anyway
        }
      }
    });
    return this.syncing;
  }

  /** Shows each sentence under its field and goes to the first. */
  errors(found) {
    let first = null;
    for (const node of this.body.querySelectorAll(".field-error")) {
      const block = node.closest(".block");
      const sentence = found[block?.dataset.block] ?? "";
      node.textContent = sentence;
      node.hidden = !sentence;
      const field = this.list.fields.find((one) => one.block.block_id === block?.dataset.block);
      if (sentence) field?.node.setAttribute("aria-invalid", "true");
      else field?.node.removeAttribute("aria-invalid");
      if (sentence) first ??= field;
    }
    const known = new Set(this.list.fields.map((field) => field.block.block_id));
    const rest = Object.entries(found).filter(([id]) => !known.has(id)).map(([, sentence]) => sentence);
    this.problem.textContent = rest.join(" ");
    this.problem.hidden = !rest.length;
    first?.node.focus();
  }

  check() {
    const found = {};
    for (const { block, element, value } of this.list.fields) {
      if (block.type !== "input") continue;
      const now = value();
      if (isEmpty(now)) {
        if (!block.optional) found[block.block_id] = MISSING;
      } else {
        const problem = CHECKS[element.type]?.(now, element);
        if (problem) found[block.block_id] = problem;
      }
    }
    return found;
  }

  isBusy() {
    return this.node.getAttribute("aria-busy") === "true";
  }

  async submit() {
    if (this.isBusy()) return;
    const found = this.check();
    this.errors(found);
    if (Object.keys(found).length) return;
    this.node.setAttribute("aria-busy", "true");
    await this.syncing;
    await this.modals.during(() => this.hand());
    this.node.removeAttribute("aria-busy");
  }

  /** What was written is no longer only here; the app may keep the form open with something else in it. */
  sent(answer) {
    if (answer.ack !== "ok") return;
    forget(this.view.id);
    this.before = asOpened(this.list.fields);
  }

  async hand() {
    try {
      const answer = await act(store.as, "submit", { values: this.values() });
      if (answer.errors) this.errors(answer.errors);
      else this.sent(sayAck(answer, appOf(this.view.app_id)?.name ?? "The app"));
    } catch (error) {
      this.errors({ "": error.message });
    }
  }

  focus() {
    const wanted = this.list.fields.find((field) => field.element.focus_on_load) ?? this.list.fields.find((field) => field.block.type === "input");
    (wanted?.node ?? this.title).focus();
  }
}

export class Modals {
  constructor() {
    /** @type {Map<string, Sheet>} */
    this.sheets = new Map();
    this.acting = 0;
    this.opener = null;
    this.inside = el("div", {});
    this.dialog = el("dialog", { class: "dialog" }, this.inside, el("div", { class: "toasts toasts-within", role: "status" }));
    document.body.append(this.dialog);
    this.dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("close", () => this.inside.firstChild && this.refresh()); // a browser closes it at the second Escape
    this.dialog.addEventListener("mousedown", (event) => {
      if (event.target === this.dialog) event.preventDefault();
    });
    this.refresh = single(() => this.load());
  }

  async load() {
    const as = store.as;
    let answer;
    try {
      answer = await get("views", { as });
    } catch (error) {
      toast(error.message);
      return;
    }
    await lifted();
    if (as === store.as) this.show(answer.views);
  }

  show(views) {
    const ids = new Set(views.map((view) => view.id));
    for (const id of this.sheets.keys()) if (!ids.has(id)) this.sheets.delete(id);
    if (views.length) this.showTop(views.at(-1));
    else this.hide();
    const lost = takeLost(ids);
    if (!this.acting) for (const { title, words } of lost) toast(sayLost(title, words), { stays: true });
  }

  showTop(top) {
    const known = this.sheets.get(top.id);
    if (known) known.show(top);
    else this.sheets.set(top.id, new Sheet(top, this));
    const sheet = this.sheets.get(top.id);
    const fresh = this.inside.firstChild !== sheet.node;
    if (fresh) fill(this.inside, sheet.node);
    this.dialog.setAttribute("aria-labelledby", sheet.title.id);
    if (!this.dialog.open) {
      this.opener = document.activeElement;
      this.dialog.showModal();
    }
    if (fresh) sheet.focus();
  }

  hide() {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.inside.replaceChildren();
    const opener = this.opener?.isConnected ? this.opener : document.getElementById("composer-text");
    opener?.focus();
  }

  /** Does what may end forms, so that those that end with it are not missed. */
  async during(job) {
    this.acting += 1;
    try {
      await job();
      await this.refresh();
    } finally {
      this.acting -= 1;
    }
  }

  async close() {
    await this.during(() => attempt("close", {}));
  }

  /** Closes the top form; asks first where words would be lost. */
  async leave() {
    const top = [...this.sheets.values()].find((sheet) => sheet.node === this.inside.firstChild);
    if (!top || top.isBusy()) return;
    if (!isWritten(top.view.id) || (await confirmed(LEAVE))) await this.close();
  }
}
