// The panel beside the messages: one thread, and a place to reply in it.

import { act } from "./api.js";
import { Composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { MessageList } from "./messages.js";
import { channelName, on, openThread, placeNow, store } from "./state.js";
import { toast } from "./toast.js";

export class Thread {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
    this.opener = null;
    this.head = el("header", { class: "place" });
    const log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Messages in this thread", tabindex: -1 });
    const composer = el("div", {});
    fill(node, this.head, log, composer);
    this.list = new MessageList(log, { inThread: true, openThread: () => {}, onGone: () => this.gone() });
    this.composer = new Composer(composer, {
      id: "thread-text",
      inThread: true,
      send: (text, broadcast) => act(store.as, "reply", { channel: store.place, thread: store.thread, text, ...(broadcast ? { broadcast } : {}) }),
      onSent: () => this.list.toBottom(),
    });
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.closest(".editing, .panel")) this.close();
    });
    on("thread", () => this.show(true));
  }

  close() {
    const { thread } = store;
    openThread(null);
    const parent = document.querySelector(`#messages [data-ts="${CSS.escape(thread)}"]`);
    const back = this.opener?.isConnected ? this.opener : parent?.querySelector(".replies") ?? parent;
    (back ?? document.getElementById("composer-text")).focus();
  }

  gone() {
    toast("That thread is not here, or not here any more.");
    openThread(null);
  }

  /** Shows the thread the page stands in, or nothing. */
  async show(asked = false) {
    const place = placeNow();
    const shown = Boolean(store.thread && place);
    if (shown && asked && this.node.hidden) this.opener = document.activeElement;
    this.node.hidden = !shown;
    document.body.classList.toggle("with-thread", shown);
    if (!shown) {
      this.list.clear();
      return;
    }
    const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close the thread" }, icon("close"));
    close.addEventListener("click", () => this.close());
    fill(this.head, el("h2", { class: "place-name" }, "Thread"), el("span", { class: "place-topic" }, place.kind === "dm" || place.kind === "group" ? channelName(place) : `# ${channelName(place)}`), close);
    if (!/^\d+\.\d{6}$/.test(store.thread)) {
      this.gone();
      return;
    }
    this.composer.stand(`${place.id}:${store.thread}`, "Reply in the thread");
    await this.list.open(store.place, store.thread);
    if (asked && !this.node.hidden) (matchMedia("(min-width: 48rem)").matches ? this.composer.text : this.list.node).focus(); // no keyboard slides up on a phone
  }
}
