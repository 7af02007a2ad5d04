// The list of messages of a channel or a thread: loads the newest, more on scrolling up, and changes only what changed.

import { get } from "./api.js";
import { arrange, el, single } from "./dom.js";
import { authorOf, messageNode } from "./message.js";
import { addTools } from "./message_tools.js";
import { lifted } from "./press.js";
import { store } from "./state.js";
import { dayKey, dayOf, ms } from "./time.js";
import { toast } from "./toast.js";

const PAGE = 100;
const KEEP = 400;
const NEAR = 80;
const GONE = ["thread_not_found", "message_not_found", "channel_not_found"];
const TOGETHER = 5 * 60_000;

const keyOf = (message) => (message.ephemeral ? `e${message.ts}` : message.ts);

/** One scrolling list of messages. */
export class MessageList {
  /**
   * @param {HTMLElement} node the scrolling element
   * @param {{inThread: boolean, openThread: (ts: string) => void, onGone: () => void, onLoaded?: (list: MessageList, answer: any) => void}} options
   */
  constructor(node, options) {
    this.node = node;
    this.inThread = options.inThread;
    this.openThread = options.openThread;
    this.onLoaded = options.onLoaded;
    this.onGone = options.onGone;
    this.inner = el("div", { class: "log-inner" });
    node.append(this.inner);
    this.refresh = single(() => this.load());
    node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    node.addEventListener("keydown", (event) => this.keys(event));
    node.addEventListener("focusout", (event) => node.contains(event.relatedTarget) || this.rove());
    for (const reached of ["pointerover", "focusin"]) node.addEventListener(reached, (event) => this.reach(event.target.closest(".message")));
    const sizes = new ResizeObserver(() => this.atBottom() && this.toBottom());
    for (const one of [node, this.inner]) sizes.observe(one);
    this.clear();
  }

  clear() {
    this.channel = "";
    this.thread = null;
    this.messages = [];
    /** @type {Map<string, {text: string, node: HTMLElement, message: any}>} */
    this.rows = new Map();
    this.days = new Map();
    this.whole = false;
    this.loading = false;
    this.stuck = true;
    this.bottom = 0;
    this.inner.replaceChildren();
  }

  /** Shows another channel or thread. */
  async open(channel, thread = null) {
    this.clear();
    this.channel = channel;
    this.thread = thread;
    this.node.setAttribute("aria-busy", "true");
    await this.refresh();
    this.node.removeAttribute("aria-busy");
  }

  query(more) {
    return get("messages", { channel: this.channel, as: store.as, thread: this.thread, ...more });
  }

  /** Looks at the newest again, as far back as the list reaches now. */
  async load() {
    const { channel, thread } = this;
    const as = store.as;
    if (!channel) return;
    const limit = Math.max(PAGE, this.messages.length + 10);
    let answer;
    try {
      answer = await this.query(thread ? {} : { limit });
    } catch (error) {
      if (GONE.includes(error.error)) this.onGone();
      else toast(error.message);
      return;
    }
    await lifted();
    if (channel !== this.channel || thread !== this.thread || as !== store.as) return;
    this.whole = Boolean(thread) || answer.messages.length < limit;
    this.messages = this.whole ? answer.messages : this.window(answer.messages);
    this.draw();
    this.onLoaded?.(this, answer);
  }

  /** As far back as before; at the bottom of a long list only the newest stay. */
  window(messages) {
    const first = this.messages[0]?.ts ?? "";
    const shown = messages.filter((message) => message.ts >= first);
    return this.stuck && shown.length > KEEP ? shown.slice(-PAGE) : shown;
  }

  /** Loads what came before, and keeps what one was reading where it is. */
  async older() {
    if (this.whole || this.loading || !this.messages.length) return;
    this.loading = true;
    this.node.setAttribute("aria-busy", "true");
    try {
      const { channel } = this;
      const answer = await this.query({ before: this.messages[0].ts, limit: PAGE });
      await lifted();
      if (channel !== this.channel) return;
      this.whole = answer.messages.length < PAGE;
      const known = new Set(this.messages.map(keyOf));
      this.messages = [...answer.messages.filter((message) => !known.has(keyOf(message))), ...this.messages];
      this.draw();
    } catch (error) {
      toast(error.message);
    } finally {
      this.loading = false;
      this.node.removeAttribute("aria-busy");
    }
  }

  row(message) {
    const text = JSON.stringify(message);
    const old = this.rows.get(keyOf(message));
    if (old && (old.text === text || old.node.dataset.editing)) return old;
    const node = messageNode(message, {
      channel: this.channel,
      inThread: this.inThread,
      openThread: this.openThread,
    });
    node.dataset.key = keyOf(message);
    if (old) this.carry(old.node, node);
    return { text, node, message };
  }

  /** Leaves the focus where it was when a message is built anew. */
  carry(old, node) {
    const active = document.activeElement;
    node.tabIndex = old.tabIndex;
    if (!old.contains(active)) return;
    const action = active.dataset.action;
    this.refocus = () => ([...node.querySelectorAll("[data-action]")].find((one) => action && one.dataset.action === action) ?? node).focus({ preventScroll: true });
  }

  day(at) {
    const key = dayKey(at);
    if (!this.days.has(key)) this.days.set(key, el("div", { class: "day", role: "separator", "aria-label": dayOf(at) }, el("span", {}, dayOf(at))));
    return this.days.get(key);
  }

  draw() {
    const shown = this.messages;
    const anchor = this.atBottom() ? null : this.firstSeen();
    const top = anchor?.getBoundingClientRect().top;
    const rows = new Map();
    const nodes = [];
    let before = null;
    for (const message of shown) {
      const row = this.row(message);
      rows.set(keyOf(message), row);
      const day = this.inThread && before ? null : this.day(ms(message.ts));
      if (day && (!before || dayKey(ms(before.ts)) !== dayKey(ms(message.ts))) && !this.inThread) nodes.push(day);
      row.node.classList.toggle("message-more", this.follows(before, message));
      nodes.push(row.node);
      if (this.inThread && !before && shown.length > 1) nodes.push(this.count(shown.length - 1));
      before = message;
    }
    this.rows = rows;
    arrange(this.inner, nodes);
    this.refocus?.();
    this.refocus = null;
    this.rove();
    if (this.stuck) this.toBottom();
    else if (anchor?.isConnected) this.node.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  /** The newest message is the one in the tab order, unless somebody is on another. */
  rove() {
    if (this.inner.contains(document.activeElement)) return;
    for (const node of this.inner.querySelectorAll(".message[tabindex='0']")) node.tabIndex = -1;
    const last = this.rows.get(keyOf(this.messages.at(-1) ?? {}))?.node;
    if (last) last.tabIndex = 0;
  }

  count(replies) {
    this.counter ??= el("div", { class: "day day-left" }, el("span"));
    this.counter.firstChild.textContent = `${replies} ${replies === 1 ? "reply" : "replies"}`;
    return this.counter;
  }

  /** Whether a message stands under the same name as the one before. */
  follows(before, message) {
    if (!before || before.ephemeral !== message.ephemeral || message.subtype === "thread_broadcast" || (this.inThread && before === this.messages[0])) return false;
    return authorOf(before).id === authorOf(message).id && ms(message.ts) - ms(before.ts) < TOGETHER && dayKey(ms(before.ts)) === dayKey(ms(message.ts));
  }

  firstSeen() {
    const top = this.node.getBoundingClientRect().top;
    return [...this.rows.values()].map((row) => row.node).find((node) => node.getBoundingClientRect().bottom > top);
  }

  toBottom() {
    this.node.scrollTop = this.node.scrollHeight;
    this.bottom = this.node.scrollTop;
  }

  /** Whether one reads the newest; somebody may have scrolled away without the event having come yet. */
  atBottom() {
    if (this.stuck && this.node.scrollTop < this.bottom - 1) this.look();
    return this.stuck;
  }

  scrolled() {
    this.look();
    if (this.node.scrollTop < 300) this.older();
  }

  /** A picture that has just come makes the list longer; only somebody who went up has left the newest. */
  look() {
    const near = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
    this.stuck = near || (this.stuck && this.node.scrollTop >= this.bottom - 1);
  }

  reach(node) {
    if (!node || node.dataset.editing) return;
    const row = this.rows.get(node.dataset.key);
    if (row) addTools(node, row.message, this);
  }

  /** Arrow keys go from message to message; one of them is in the tab order. */
  keys(event) {
    const here = event.target.closest(".message");
    if (!here || event.target !== here || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const all = [...this.inner.querySelectorAll(".message")];
    const at = all.indexOf(here);
    const next = { ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (!next) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /** Brings one message into view, as a permalink does, however far back it is. */
  async reveal(ts) {
    this.stuck = false;
    while (!this.rows.has(ts) && !this.whole && this.messages[0]?.ts > ts) await this.older();
    const row = this.rows.get(ts);
    if (!row) {
      toast("That message is not here, or not here any more.");
      this.stuck = true;
      this.toBottom();
      return;
    }
    row.node.scrollIntoView({ block: "center" });
    row.node.focus({ preventScroll: true });
  }
}
