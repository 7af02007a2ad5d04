// Builds the menus whose options an app finds while one types: one of them, or several.

import { el, fill, icon, uid } from "./dom.js";
import { plain } from "./mrkdwn.js";

const LEAST = 3; // characters, where an app does not say
const PAUSE = 200;

/** @typedef {{text: string, label: string, note: string, group: string}} Offer `text` is the option's own text, which names it */

/** @returns {Offer[]} */
function offersOf(answer) {
  const offer = (group) => (option) => ({ text: option.text.text, label: plain(option.text), note: plain(option.description), group });
  return [...(answer.options ?? []).map(offer("")), ...(answer.option_groups ?? []).flatMap((group) => group.options.map(offer(plain(group.label))))];
}

function startOf(element, saved) {
  const held = saved ? saved.selected_options ?? saved.selected_option : element.initial_options ?? element.initial_option;
  return [held ?? []].flat().filter(Boolean).map((option) => option.text.text);
}

class SearchMenu {
  constructor(element, surface, block, tell) {
    this.many = element.type.startsWith("multi");
    this.element = element;
    this.tell = tell;
    this.ask = (text) => surface.suggest({ action_id: element.action_id, block_id: block.block_id, text });
    this.chosen = startOf(element, surface.saved?.(block, element));
    this.offers = [];
    this.at = -1;
    const name = plain(element.placeholder) || "Write to search";
    this.list = el("ul", { class: "choices search-offers", role: "listbox", id: uid("offers"), "aria-label": "What the app offers", hidden: true });
    this.input = el("input", {
      class: "input", id: uid("field"), type: "text", role: "combobox", autocomplete: "off", dir: "auto", placeholder: name,
      "aria-label": block.type === "input" ? undefined : name, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, data: { action: element.action_id },
    });
    this.chips = el("span", { class: "search-chips", hidden: !this.many });
    this.said = el("span", { class: "quiet", role: "status" });
    this.node = el("div", { class: "search-menu" }, this.chips, el("div", { class: "search-box" }, this.input, icon("down")), this.list, this.said);
    this.listen();
    this.show();
    surface.field?.({
      block, element, node: this.input,
      value: () => (this.many ? [...this.chosen] : this.chosen[0] ?? null),
      raw: () => [...this.chosen],
      restore: (raw) => {
        this.chosen = [...raw];
        this.show();
      },
    });
  }

  listen() {
    let timer = 0;
    const search = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(), PAUSE);
    };
    this.input.addEventListener("input", () => {
      if (!this.many && !this.input.value) this.choose([]);
      search();
    });
    this.input.addEventListener("focus", () => {
      this.input.select();
      if (!this.least()) search();
    });
    this.input.addEventListener("blur", () => {
      clearTimeout(timer);
      this.offer([]);
      this.show();
    });
    this.input.addEventListener("change", (event) => event.stopPropagation()); // half a word is no choice
    this.input.addEventListener("keydown", (event) => this.keys(event));
  }

  least() {
    return this.element.min_query_length ?? LEAST;
  }

  async search() {
    const typed = this.input.value.trim();
    if (typed.length < this.least()) {
      this.offer([]);
      return;
    }
    this.input.setAttribute("aria-busy", "true");
    const answer = await this.ask(typed);
    this.input.removeAttribute("aria-busy");
    if (document.activeElement !== this.input || this.input.value.trim() !== typed || !answer) return;
    this.offer(offersOf(answer), true);
  }

  offer(offers, asked = false) {
    this.offers = offers;
    this.at = -1;
    let group = "";
    fill(this.list, offers.map((one, index) => {
      const head = one.group && one.group !== group ? el("li", { class: "choices-group", role: "presentation" }, one.group) : null;
      group = one.group;
      const row = el("li", { class: "choice", role: "option", id: `${this.list.id}-${index}`, "aria-selected": String(this.chosen.includes(one.text)) }, one.label, one.note && el("span", { class: "choice-note" }, one.note));
      row.addEventListener("mousedown", (event) => event.preventDefault());
      row.addEventListener("click", () => this.take(index));
      return [head, row];
    }), asked && !offers.length && el("li", { class: "choices-empty", role: "presentation" }, "Nothing by that name."));
    this.list.hidden = !this.list.children.length;
    if (!this.list.hidden) this.list.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = asked ? `${offers.length} found` : "";
  }

  keys(event) {
    if (this.list.hidden) return;
    if (["ArrowDown", "ArrowUp"].includes(event.key) && this.offers.length) {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : this.at === -1 ? 0 : -1) + this.offers.length) % this.offers.length;
      const rows = [...this.list.querySelectorAll(".choice")];
      rows.forEach((row, index) => row.classList.toggle("choice-at", index === this.at));
      rows[this.at].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", rows[this.at].id);
    } else if (event.key === "Enter" && this.offers.length) {
      event.preventDefault();
      event.stopPropagation();
      this.take(Math.max(this.at, 0));
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.offer([]);
      this.show();
    }
  }

  take(index) {
    const { text } = this.offers[index];
    this.offer([]);
    this.input.value = "";
    if (!this.many) this.choose([text]);
    else if (this.chosen.includes(text)) this.choose(this.chosen.filter((one) => one !== text));
    else if (this.chosen.length < (this.element.max_selected_items ?? Infinity)) this.choose([...this.chosen, text]);
    this.input.focus();
  }

  async choose(chosen) {
    const before = this.chosen;
    this.chosen = chosen;
    this.show();
    if (!this.tell) this.node.dispatchEvent(new Event("change", { bubbles: true }));
    else if ((this.many || chosen.length) && !(await this.tell(this.input, this.many ? chosen : chosen[0]))) {
      this.chosen = before;
      this.show();
    }
  }

  show() {
    const typing = document.activeElement === this.input && this.many;
    if (!typing) this.input.value = this.many ? "" : plain(this.chosen[0] ?? "");
    fill(this.chips, this.chosen.map((text) => {
      const drop = el("button", { type: "button", class: "chip chip-drop", "aria-label": `Take out ${plain(text)}` }, plain(text), icon("close"));
      drop.addEventListener("click", () => {
        this.choose(this.chosen.filter((one) => one !== text));
        this.input.focus();
      });
      return drop;
    }));
    this.chips.hidden = !this.many || !this.chosen.length;
  }
}

export function searchMenu(element, surface, block, tell) {
  return new SearchMenu(element, surface, block, tell).node;
}
