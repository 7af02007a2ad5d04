// Small panels beside a button: menus and lists to choose from, by mouse, touch and keyboard.

import { el, uid } from "./dom.js";

let open = null;

function place(panel, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = panel.getBoundingClientRect();
  const room = 8;
  const left = Math.max(room, Math.min(at.left, innerWidth - size.width - room));
  const below = at.bottom + 4;
  const top = below + size.height + room <= innerHeight ? below : Math.max(room, at.top - size.height - 4);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

export function closePanel() {
  open?.hidePopover();
}

/** Shows a panel next to `anchor`; it closes by Escape or a click elsewhere and hands the focus back. */
export function showPanel(anchor, panel, onClose) {
  closePanel();
  panel.popover = "auto";
  panel.classList.add("panel");
  (anchor.closest("dialog, main, aside, .bar") ?? document.body).append(panel);
  anchor.setAttribute("aria-expanded", "true");
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const had = panel.contains(document.activeElement) || document.activeElement === document.body;
    anchor.setAttribute("aria-expanded", "false");
    panel.remove();
    if (open === panel) open = null;
    if (had && anchor.isConnected) anchor.focus();
    onClose?.();
  });
  panel.showPopover();
  open = panel;
  place(panel, anchor);
}

function moveTo(items, wanted) {
  const shown = items().filter((item) => !item.hidden);
  shown[(wanted + shown.length) % shown.length]?.focus();
}

function keys(panel, items) {
  let typed = "";
  let last = 0;
  panel.addEventListener("keydown", (event) => {
    const shown = items().filter((item) => !item.hidden);
    const at = shown.indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "Tab" && !typing) {
      event.preventDefault();
      closePanel();
    } else if (event.key in moves && !(typing && /Left|Right|Home|End/.test(event.key))) {
      event.preventDefault();
      moveTo(items, moves[event.key]);
    } else if (!typing && event.key.length === 1 && event.key !== " ") {
      typed = event.timeStamp - last > 700 ? event.key : typed + event.key;
      last = event.timeStamp;
      shown.find((item) => item.dataset.words?.startsWith(typed.toLowerCase()))?.focus();
    }
  });
}

/**
 * @typedef {{value: any, label: string, node?: any, note?: string, chosen?: boolean, disabled?: boolean, danger?: boolean}} Choice
 * @param {HTMLElement} anchor
 * @param {Choice[]} choices
 * @param {{label: string, list?: boolean, many?: boolean, filter?: boolean, wide?: boolean, className?: string, onPick: (value: any, chosen: boolean) => any, onClose?: () => any}} options
 */
export function choose(anchor, choices, options) {
  const item = options.list ? "option" : "menuitem";
  const rows = choices.map((choice) => {
    const row = el("li", {
      role: item,
      id: uid("choice"),
      tabindex: -1,
      class: `choice${choice.danger ? " choice-danger" : ""}`,
      "aria-selected": options.list ? String(Boolean(choice.chosen)) : undefined,
      "aria-disabled": choice.disabled ? "true" : undefined,
      data: { words: choice.label.toLowerCase() },
    }, choice.node ?? choice.label, choice.note && el("span", { class: "choice-note" }, choice.note));
    row.addEventListener("click", () => {
      if (choice.disabled) return;
      if (options.many) {
        const chosen = row.getAttribute("aria-selected") !== "true";
        if (options.onPick(choice.value, chosen) !== false) row.setAttribute("aria-selected", String(chosen));
      } else {
        closePanel();
        options.onPick(choice.value, true);
      }
    });
    return row;
  });
  const list = el("ul", {
    role: options.list ? "listbox" : "menu",
    class: `choices ${options.className ?? ""}`,
    "aria-label": options.label,
    "aria-multiselectable": options.many ? "true" : undefined,
  }, rows);
  const empty = el("p", { class: "choices-empty", hidden: true }, "Nobody and nothing by that name.");
  const filter = options.filter ? el("input", { type: "search", class: "input choices-filter", "aria-label": `Find in ${options.label}`, placeholder: "Find" }) : null;
  const panel = el("div", { class: options.wide ? "panel-wide" : "" }, filter, list, empty);
  filter?.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.dataset.words.includes(wanted);
    empty.hidden = rows.some((row) => !row.hidden);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && !(event.key === " " && event.target !== filter)) return;
    event.preventDefault();
    const target = event.target === filter ? rows.find((row) => !row.hidden) : event.target;
    target?.click();
  });
  keys(panel, () => rows);
  showPanel(anchor, panel, options.onClose);
  (filter || rows.find((row) => row.getAttribute("aria-selected") === "true") || rows[0])?.focus();
}
