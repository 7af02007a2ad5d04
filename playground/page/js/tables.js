// Builds Block Kit's tables; a data table can be sorted by its columns and is read page by page.

import { el, fill, inert, quiet } from "./dom.js";
import { richText } from "./rich_text.js";

function cell(content) {
  return content.type === "rich_text" ? [el("div", { class: "text" }, ...richText(content))] : [content.text ?? String(content.value ?? "")];
}

function side(content, settings) {
  return `align-${settings?.align ?? (content.type === "raw_number" ? "right" : "left")}${settings?.is_wrapped === false ? " nowrap" : ""}`;
}

function heads(cells, settings, more = () => null) {
  return el("tr", {}, cells.map((content, index) => el("th", { scope: "col", class: side(content, settings[index]) }, more(index) ?? cell(content))));
}

function row(cells, settings, rowHead) {
  return el("tr", {}, cells.map((content, index) =>
    el(index === rowHead ? "th" : "td", { scope: index === rowHead ? "row" : undefined, class: side(content, settings[index]) }, ...cell(content))));
}

function frame(caption, ...inside) {
  return el("div", { class: "table-frame", role: "group", tabindex: 0, "aria-label": caption ?? "Table" }, ...inside);
}

/** @param {{rows: any[][], column_settings?: any[], caption?: string, row_header_column_index?: number}} block */
export function table(block) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  return frame(block.caption, el("table", {},
    block.caption && el("caption", {}, block.caption),
    el("thead", {}, heads(head, settings)),
    el("tbody", {}, rows.map((cells) => row(cells, settings, block.row_header_column_index)))));
}

/** What a cell is sorted by. */
function keyOf(content) {
  return content?.type === "raw_number" ? content.value : el("span", {}, ...(content ? cell(content) : [])).textContent;
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en-GB", { numeric: true });
}

const PAGE = 10;

/** @param {{rows: any[][], caption: string, page_size?: number, row_header_column_index?: number}} block */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const state = { column: -1, down: false, page: 0 };
  const body = el("tbody");
  const where = el("span", { class: "dim", role: "status" });
  const turn = (text, step) => el("button", { type: "button", class: "button button-quiet", on: { click: () => show(state.page + step) } }, text);
  const before = turn("Previous", -1);
  const after = turn("Next", 1);
  const top = heads(head, [], (index) => el("button", { type: "button", class: "sort", on: { click: () => sort(index) } }, inert(el("span", {}, cell(head[index]))), el("span", { class: "sort-mark", "aria-hidden": "true" }), quiet(", sort")));

  function sort(column) {
    state.down = state.column === column && !state.down;
    state.column = column;
    rows.sort((one, other) => compare(keyOf(one[column]), keyOf(other[column])) * (state.down ? -1 : 1));
    [...top.children].forEach((th, index) => (index === column ? th.setAttribute("aria-sort", state.down ? "descending" : "ascending") : th.removeAttribute("aria-sort")));
    show(0);
  }

  function show(page) {
    state.page = page;
    const from = page * size;
    fill(body, rows.slice(from, from + size).map((cells) => row(cells, [], block.row_header_column_index)));
    where.textContent = `Rows ${from + 1} to ${Math.min(from + size, rows.length)} of ${rows.length}`;
    before.disabled = page === 0;
    after.disabled = page >= pages - 1;
  }

  show(0);
  return el("div", {}, frame(block.caption, el("table", {}, el("caption", {}, block.caption), el("thead", {}, top), body)),
    pages > 1 && el("div", { class: "elements table-pages" }, before, where, after));
}
