// The bar on top: who one is, what time it is, moving the clock, and the way to the wire.

import { post } from "./api.js";
import { bdi, el, fill, icon, quiet } from "./dom.js";
import { refreshAgo } from "./message.js";
import { avatar } from "./people.js";
import { choose } from "./popover.js";
import { become, loadWorld, me, on, people, store } from "./state.js";
import { dueOf, now, shortDueOf, shortStampOf, stampOf } from "./time.js";
import { toast } from "./toast.js";

const HOUR = 3600;
const narrow = matchMedia("(max-width: 48rem)"); // as in layout.css

function person(one) {
  return [avatar(one, "small"), el("span", { class: "person" }, bdi(one.name, { class: "person-name" }), " ",
    el("span", { class: "choice-note" }, [one.sector, one.guest && "guest", one.deactivated && "has left"].filter(Boolean).join(" · "))),
  one.convener && el("span", { class: "badge badge-convener" }, "convener")];
}

export class Bar {
  /** @param {HTMLElement} node @param {{openWire: (opener: HTMLElement) => void, openDrawer: () => void}} ways */
  constructor(node, ways) {
    this.moving = false;
    this.menu = el("button", { type: "button", class: "bar-button bar-menu", "aria-label": "Channels and messages", "aria-controls": "sidebar", "aria-expanded": "false" }, icon("menu"));
    this.who = el("button", { type: "button", class: "bar-button bar-who", "aria-haspopup": "listbox", "aria-expanded": "false" });
    this.time = el("time", { class: "bar-button bar-time" });
    this.hour = this.step("+1 hour", "Move the clock on by an hour", { advance: HOUR });
    this.day = this.step("+1 day", "Move the clock on by a day", { advance: 24 * HOUR });
    this.next = this.step("", "", { next: true }, "bar-next");
    this.wire = el("button", { type: "button", class: "bar-button", "aria-expanded": "false", "aria-controls": "wire", title: "What just went over the wire" }, "Wire");
    this.said = el("span", { class: "quiet", role: "status" });
    fill(node, this.menu, el("span", { class: "brand" }, "Togetherness playground"),
      el("div", { class: "bar-me" }, el("span", { class: "bar-label", id: "i-am" }, "I am"), this.who),
      el("div", { class: "bar-clock", role: "group", "aria-label": "The playground's clock" }, this.time, this.hour, this.day, this.next), this.said, this.wire);
    this.menu.addEventListener("click", ways.openDrawer);
    this.wire.addEventListener("click", () => ways.openWire(this.wire));
    this.who.addEventListener("click", () => this.switch());
    for (const topic of ["world", "me", "clock"]) on(topic, () => this.show());
    narrow.addEventListener("change", () => this.tick());
    setInterval(() => this.tick(), 1000);
  }

  step(text, label, move, more = "") {
    const node = el("button", { type: "button", class: `bar-button ${more}`, title: label || undefined }, text);
    node.addEventListener("click", () => this.move(node, move));
    return node;
  }

  switch() {
    const all = [...people()].sort((a, b) => Number(b.convener ?? false) - Number(a.convener ?? false));
    choose(this.who, all.map((one) => ({ value: one.id, label: one.name, node: person(one), chosen: one.id === store.as, disabled: one.deactivated })), {
      label: "I am",
      list: true,
      wide: true,
      className: "choices-people",
      onPick: become,
    });
  }

  show() {
    const one = me();
    if (!one) return;
    fill(this.who, avatar(one, "small"), quiet("I am "), bdi(one.name, { class: "person-name" }), one.sector && el("span", { class: "bar-sector" }, ` · ${one.sector}`), quiet(", switch to somebody else"), icon("down"));
    this.tick();
  }

  /** The earliest time a program has parked, if it is still to come. */
  due() {
    const times = store.world.parked.filter((one) => one.due && Date.parse(one.due) > now());
    return times.sort((a, b) => Date.parse(a.due) - Date.parse(b.due))[0];
  }

  tick() {
    if (!store.world) return;
    const text = narrow.matches ? shortStampOf(now()) : stampOf(now());
    if (this.time.textContent !== text) {
      this.time.textContent = text;
      this.time.dateTime = new Date(now()).toISOString();
      refreshAgo();
    }
    if (this.moving) return;
    const due = this.due();
    const at = due && Date.parse(due.due);
    const whole = due ? `To the next thing: ${dueOf(at)}${due.what ? `, ${due.what}` : ""}` : "Nothing is planned";
    const label = due && narrow.matches ? `To the next thing: ${shortDueOf(at)}` : whole;
    if (this.next.textContent !== label) this.next.textContent = label;
    if (this.next.title !== whole) this.next.title = whole;
    if (!due && document.activeElement === this.next) this.hour.focus();
    this.next.disabled = !due;
  }

  async move(button, body) {
    if (this.moving) return;
    this.moving = true;
    const before = button.textContent;
    button.textContent = "Moving…";
    const all = [this.hour, this.day, this.next];
    for (const one of all) one.setAttribute("aria-busy", "true");
    try {
      await post("clock", body);
      await loadWorld();
      this.said.textContent = `It is ${stampOf(now())}.`;
    } catch (error) {
      toast(error.message);
    } finally {
      this.moving = false;
      for (const one of all) one.removeAttribute("aria-busy");
      button.textContent = before;
      this.tick();
    }
  }
}
