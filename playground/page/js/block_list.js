// Keeps a list of blocks on the page up to date without losing what somebody is writing in it.

import { blockNode } from "./blocks.js";
import { arrange } from "./dom.js";

/** Names a field within its view. */
export const keyOf = (field) => `${field.block.block_id}\u0000${field.element.action_id}`;

/** The blocks of one view. */
export class BlockList {
  /**
   * @param {HTMLElement} node
   * @param {import("./elements.js").Surface} surface
   */
  constructor(node, surface) {
    this.node = node;
    this.surface = surface;
    /** @type {Map<string, {text: string, node: HTMLElement, fields: import("./elements.js").Field[]}>} */
    this.blocks = new Map();
  }

  get fields() {
    return [...this.blocks.values()].flatMap((block) => block.fields);
  }

  build(block) {
    const fields = [];
    const node = blockNode(block, { ...this.surface, field: (field) => fields.push(field) });
    return { text: JSON.stringify(block), node, fields };
  }

  /**
   * Shows these blocks: those that stayed the same stay as they are, those that changed keep what was filled in.
   * What has the focus keeps it, and its place in `scroll`.
   * @param {any[]} blocks
   * @param {HTMLElement} scroll what the blocks scroll in
   */
  show(blocks, scroll) {
    const before = new Map(this.fields.map((field) => [keyOf(field), field]));
    const place = new Place(this, scroll);
    const next = new Map();
    blocks.forEach((block, index) => {
      const key = block.block_id ?? `#${index}`;
      const old = this.blocks.get(key);
      next.set(key, old?.text === JSON.stringify(block) ? old : this.build(block));
    });
    this.blocks = next;
    for (const field of this.fields) {
      const old = before.get(keyOf(field));
      if (old && old !== field && old.element.type === field.element.type) field.restore(old.raw());
    }
    arrange(this.node, [...next.values()].map((block) => block.node));
    place.comeBack();
  }
}

const REACHED = "a, button, input, select, textarea, summary, [tabindex='0']";

/** Where somebody is in a list of blocks: what has the focus, and how far it is scrolled. */
class Place {
  constructor(list, scroll) {
    this.list = list;
    this.scroll = scroll;
    this.scrolled = scroll.scrollTop;
    this.active = list.node.contains(document.activeElement) ? document.activeElement : null;
    if (!this.active) return;
    const active = this.active;
    this.top = active.getBoundingClientRect().top;
    this.caret = active.selectionStart === undefined ? null : [active.selectionStart, active.selectionEnd];
    this.field = list.fields.find((field) => field.node.contains(active));
    this.within = this.field && [...this.field.node.querySelectorAll(REACHED)].indexOf(active);
    this.block = [...list.blocks].find(([, block]) => block.node.contains(active))?.[0];
    this.nth = this.alike(list.node).indexOf(active);
  }

  /** What does the same as what was pressed. */
  alike(node) {
    const { action } = this.active.dataset;
    return action ? [...node.querySelectorAll("[data-action]")].filter((one) => one.dataset.action === action) : [];
  }

  /** What stands now where the focus was: the same field, the same thing to press in the same block, or one like it. */
  found() {
    const field = this.field && this.list.fields.find((one) => keyOf(one) === keyOf(this.field));
    if (field) return field.node.querySelectorAll(REACHED)[this.within] ?? field.node;
    const all = this.alike(this.list.node);
    const block = this.list.blocks.get(this.block)?.node;
    return (block && this.alike(block)[0]) ?? all[Math.min(this.nth, all.length - 1)];
  }

  comeBack() {
    const active = this.active?.isConnected ? this.active : this.active && this.found();
    if (active && active !== document.activeElement) {
      active.focus({ preventScroll: true });
      if (this.caret?.[0] !== undefined && this.caret[0] !== null) active.setSelectionRange?.(...this.caret);
    }
    this.scroll.scrollTop = active ? this.scroll.scrollTop + active.getBoundingClientRect().top - this.top : this.scrolled;
  }
}
