// The App Home tab: what the app has published for this member.

import { get } from "./api.js";
import { BlockList } from "./block_list.js";
import { el, fill, single } from "./dom.js";
import { attempt } from "./message.js";
import { lifted } from "./press.js";
import { homeApp, store } from "./state.js";
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
      send: (action, what) => this.act(action, { home: true, ...what }),
      suggest: (what) => this.act("suggest", { home: true, ...what }),
    });
    this.body.replaceChildren();
  }

  act(action, what) {
    const app = homeApp(store.place);
    return attempt(action, { app: app.id, ...what }, app.name);
  }

  /** Opens the tab, as a click on it does. */
  async open() {
    this.clear();
    const opened = this.act("home", {});
    await this.refresh();
    await opened;
  }

  async load() {
    const { as, place } = store;
    const app = homeApp(place);
    if (!app) return;
    try {
      const { view } = await get("home", { as, app: app.id });
      await lifted();
      if (as !== store.as || place !== store.place) return;
      this.empty.textContent = `${app.name} has not put anything here yet.`;
      this.empty.hidden = Boolean(view);
      this.list.show(view?.blocks ?? [], this.node);
    } catch (error) {
      toast(error.message);
    }
  }
}
