// The App Home tab: what the app has published for this member.

import { get } from "./api.js";
import { BlockList } from "./block_list.js";
import { el, fill, single } from "./dom.js";
import { attempt } from "./message.js";
import { appOf } from "./people.js";
import { store } from "./state.js";
import { toast } from "./toast.js";

export class Home {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
    this.empty = el("p", { class: "home-empty", hidden: true });
    this.body = el("div", { class: "home-body" });
    fill(node, this.empty, this.body);
    this.refresh = single(() => this.load());
    this.clear();
  }

  clear() {
    this.list = new BlockList(this.body, {
      kind: "home",
      send: (action, what) => attempt(action, { home: true, ...what }, appOf()?.name),
      suggest: (what) => attempt("suggest", { home: true, ...what }, appOf()?.name),
    });
    this.body.replaceChildren();
  }

  /** Opens the tab, as a click on it does. */
  async open() {
    this.clear();
    const opened = attempt("home", {}, appOf()?.name);
    await this.refresh();
    await opened;
  }

  async load() {
    const as = store.as;
    if (store.place !== "home") return;
    try {
      const { view } = await get("home", { as });
      if (as !== store.as) return;
      this.empty.textContent = `${appOf()?.name ?? "The app"} has not put anything here yet.`;
      this.empty.hidden = Boolean(view);
      this.list.show(view?.blocks ?? [], this.node);
    } catch (error) {
      toast(error.message);
    }
  }
}
