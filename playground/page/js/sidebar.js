// The left side: App Home, channels, direct messages, and what to try.

import { bdi, el, fill, icon, quiet } from "./dom.js";
import { commandHints } from "./composer.js";
import { attempt } from "./message.js";
import { choose } from "./popover.js";
import { browsableChannels, channelName, enter, go, homeName, homeOf, isHome, myChannels, myConversations, on, otherWorkspaces, store } from "./state.js";
import { isUnread } from "./unread.js";

const TRY = 8;

export class Sidebar {
  /** @param {HTMLElement} node @param {{tryCommand: (text: string) => void, close: () => void}} ways */
  constructor(node, ways) {
    this.node = node;
    this.ways = ways;
    for (const topic of ["world", "me", "place", "unread"]) on(topic, () => this.show());
  }

  item(id, label, mark = null) {
    const here = store.place === id;
    const unread = !isHome(id) && isUnread(id);
    const node = el("button", { type: "button", class: `side-item${unread ? " side-unread" : ""}`, "aria-current": here ? "page" : undefined, data: { place: id } }, mark, " ", bdi(label), unread && quiet(", unread"));
    node.addEventListener("click", () => {
      this.ways.close();
      go(id);
    });
    return el("li", {}, node);
  }

  channel(one) {
    return this.item(one.id, one.name, one.kind === "private" ? [icon("lock"), quiet("private: ")] : el("span", { class: "hash" }, "#"));
  }

  browse(one) {
    const look = el("button", { type: "button", class: "side-item", "aria-current": store.place === one.id ? "page" : undefined }, el("span", { class: "hash" }, "#"), " ", bdi(one.name));
    look.addEventListener("click", () => {
      this.ways.close();
      go(one.id);
    });
    const join = el("button", { type: "button", class: "side-join", "aria-label": `Join #${one.name}` }, "Join");
    join.addEventListener("click", async () => {
      if (await attempt("join", { channel: one.id })) go(one.id);
    });
    return el("li", { class: "side-row" }, look, join);
  }

  conversation(one) {
    const app = store.world.apps.some((bot) => one.kind === "dm" && one.members.includes(bot.bot_user));
    return this.item(one.id, channelName(one) + (app ? " (app)" : ""));
  }

  group(title, items) {
    if (!items.length) return null;
    const heading = `side-${title.toLowerCase().replaceAll(" ", "-")}`;
    return el("section", { "aria-labelledby": heading }, el("h3", { id: heading }, title), el("ul", {}, items));
  }

  try(hint) {
    const node = el("button", { type: "button", class: "side-item side-try" }, hint.text);
    node.addEventListener("click", () => {
      this.ways.close();
      this.ways.tryCommand(`${hint.text} `);
    });
    return el("li", {}, node);
  }

  /** The workspace's name; a way to the others, where there are some. */
  workspace() {
    const { id, name } = store.world.workspace;
    const others = otherWorkspaces();
    if (!others.length) return bdi(name);
    const node = el("button", { type: "button", class: "side-item side-workspace", "aria-haspopup": "listbox", "aria-expanded": "false", data: { place: "workspaces" } }, bdi(name), quiet(", switch to another workspace"), icon("down"));
    node.addEventListener("click", () => {
      choose(node, [{ id, name }, ...others].map((one) => ({ value: one.id, label: one.name, chosen: one.id === id })), { label: "Workspaces", list: true, onPick: enter });
    });
    return node;
  }

  show() {
    if (!store.world) return;
    const active = this.node.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    const scroll = this.node.scrollTop;
    fill(this.node, el("h2", { class: "workspace-name" }, this.workspace()),
      this.group("Home", store.world.apps.map((app) => this.item(homeOf(app), homeName(app)))),
      this.group("Channels", myChannels().map((one) => this.channel(one))),
      this.group("Browse", browsableChannels().map((one) => this.browse(one))),
      this.group("Direct messages", myConversations().map((one) => this.conversation(one))),
      this.group("Try this", commandHints().slice(0, TRY).map((hint) => this.try(hint))));
    this.node.scrollTop = scroll;
    if (active) this.node.querySelector(`[data-place="${CSS.escape(active)}"]`)?.focus();
  }
}
