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

  /** Shows these blocks: those that stayed the same stay as they are, those that changed keep what was filled in. */
  show(blocks) {
    const before = new Map(this.fields.map((field) => [keyOf(field), field]));
    const active = document.activeElement;
    const focused = this.fields.find((field) => field.node === active);
    const caret = focused && [active.selectionStart, active.selectionEnd];
    const pressed = this.node.contains(active) ? active.dataset.action : null;
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
    this.refocus(focused && keyOf(focused), caret, pressed);
  }

  refocus(key, caret, pressed) {
    if (this.node.contains(document.activeElement)) return;
    const field = key && this.fields.find((one) => keyOf(one) === key);
    if (field) {
      field.node.focus();
      if (caret?.[0] !== undefined && caret[0] !== null) field.node.setSelectionRange(...caret);
    } else if (pressed) {
      [...this.node.querySelectorAll("[data-action]")].find((node) => node.dataset.action === pressed)?.focus();
    }
  }
}
