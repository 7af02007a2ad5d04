// Builds Block Kit's tables, and the numbers of its charts as tables.

import { el } from "./dom.js";
import { richText } from "./rich_text.js";

function cell(content) {
  return content.type === "rich_text" ? richText(content) : [content.text ?? String(content.value ?? "")];
}

function row(cells, settings, heads) {
  return el("tr", {}, cells.map((content, index) => {
    const { align, is_wrapped: wrapped } = settings[index] ?? {};
    const head = heads === true || heads === index;
    return el(head ? "th" : "td", {
      scope: head ? (heads === true ? "col" : "row") : undefined,
      class: `align-${align ?? (content.type === "raw_number" ? "right" : "left")}${wrapped === false ? " nowrap" : ""}`,
    }, ...cell(content));
  }));
}

/** @param {{rows: any[][], column_settings?: any[], caption?: string, row_header_column_index?: number}} block */
export function table(block) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  return el("div", { class: "table-frame", role: "group", tabindex: 0, "aria-label": block.caption ?? "Table" }, el("table", {},
    block.caption && el("caption", {}, block.caption),
    el("thead", {}, row(head, settings, true)),
    el("tbody", {}, rows.map((cells) => row(cells, settings, block.row_header_column_index)))));
}

/** A chart's numbers, since a person reads them as well from a table. */
export function chart(block) {
  const { segments, series, axis_config: axis } = block.chart;
  const raw = (text) => ({ type: "raw_text", text: String(text) });
  const number = (value) => ({ type: "raw_number", text: String(value ?? "") });
  if (segments) return table({ caption: block.title, rows: [[raw(""), raw("")], ...segments.map((one) => [raw(one.label), number(one.value)])] });
  const labels = axis?.categories ?? series[0]?.data?.map((one) => one.label) ?? [];
  const value = (one, label) => one.data?.find((point) => point.label === label)?.value;
  return table({ caption: block.title, rows: [[raw(axis?.x_label ?? ""), ...series.map((one) => raw(one.name))], ...labels.map((label) => [raw(label), ...series.map((one) => number(value(one, label)))])] });
}
