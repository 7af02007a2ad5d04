// Draws Block Kit's charts; the numbers stand beside the drawing, for whoever reads them better there.

import { el, svg } from "./dom.js";
import { table } from "./tables.js";

const WIDTH = 480;
const HEIGHT = 240;
const ROOM = { left: 48, right: 12, top: 12, bottom: 44 };
const TINTS = 12;

const raw = (text) => ({ type: "raw_text", text: String(text) });
const number = (value) => (value === undefined ? raw("–") : { type: "raw_number", text: value.toLocaleString("en-GB"), value });

function legend(names) {
  return el("ul", { class: "chart-legend" }, names.map((name, index) => el("li", {}, el("span", { class: `chart-key chart-${index % TINTS}`, "aria-hidden": "true" }), name)));
}

function point(angle, radius) {
  return `${(120 + radius * Math.sin(angle)).toFixed(1)} ${(120 - radius * Math.cos(angle)).toFixed(1)}`;
}

function pie(segments) {
  const whole = segments.reduce((sum, one) => sum + one.value, 0);
  let turned = 0;
  const slices = segments.map((one, index) => {
    const from = turned;
    turned += (one.value / whole) * 2 * Math.PI;
    const shape = segments.length === 1
      ? svg("circle", { cx: 120, cy: 120, r: 110 })
      : svg("path", { d: `M120 120L${point(from, 110)}A110 110 0 ${turned - from > Math.PI ? 1 : 0} 1 ${point(turned, 110)}Z` });
    shape.setAttribute("class", `chart-slice chart-${index % TINTS}`);
    return shape;
  });
  const share = (one) => `${Math.round((one.value / whole) * 100)} %`;
  return {
    drawing: svg("svg", { viewBox: "0 0 240 240", class: "chart-drawing chart-pie", "aria-hidden": "true" }, ...slices),
    names: segments.map((one) => `${one.label} · ${share(one)}`),
    rows: [[raw("Part"), raw("Value"), raw("Share")], ...segments.map((one) => [raw(one.label), number(one.value), raw(share(one))])],
  };
}

/** Round numbers from the least to the greatest, for the lines of the scale. */
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(low === 0 ? 1 : 0, ...values);
  const rough = (high - low) / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * unit).find((one) => one >= rough);
  const from = Math.floor(low / step);
  const to = Math.ceil(high / step);
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
}

function axes(labels, marks, across, up) {
  const every = Math.ceil(labels.length / 8);
  return [
    ...marks.map((mark) => svg("line", { class: mark === 0 ? "chart-zero" : "chart-line", x1: ROOM.left, x2: WIDTH - ROOM.right, y1: up(mark), y2: up(mark) })),
    ...marks.map((mark) => svg("text", { x: ROOM.left - 6, y: up(mark) + 4, "text-anchor": "end" }, mark.toLocaleString("en-GB"))),
    ...labels.map((label, index) => (index % every ? null : svg("text", { x: across(index), y: HEIGHT - ROOM.bottom + 18, "text-anchor": "middle" }, label.length > 9 ? `${label.slice(0, 8)}…` : label))),
  ].filter(Boolean);
}

function bars(one, index, series, across, up, width) {
  const each = (width * 0.8) / series.length;
  return one.map((value, at) => value !== undefined && svg("rect", {
    class: `chart-bar chart-${index % TINTS}`,
    x: across(at) - width * 0.4 + each * index,
    y: Math.min(up(value), up(0)),
    width: Math.max(each - 1, 1),
    height: Math.abs(up(value) - up(0)),
  })).filter(Boolean);
}

function path(one, index, across, up, area) {
  const known = one.map((value, at) => [at, value]).filter(([, value]) => value !== undefined);
  if (!known.length) return [];
  const points = known.map(([at, value]) => `${across(at).toFixed(1)},${up(value).toFixed(1)}`);
  const ground = area && svg("polygon", { class: `chart-area chart-${index % TINTS}`, points: [`${across(known[0][0])},${up(0)}`, ...points, `${across(known.at(-1)[0])},${up(0)}`].join(" ") });
  return [ground, svg("polyline", { class: `chart-path chart-${index % TINTS} chart-dash-${index % 4}`, points: points.join(" ") }),
    ...known.map(([at, value]) => svg("circle", { class: `chart-dot chart-${index % TINTS}`, cx: across(at), cy: up(value), r: 3 }))].filter(Boolean);
}

function graph(chart) {
  const { series, axis_config: axis = {}, type } = chart;
  const labels = axis.categories ?? [...new Set(series.flatMap((one) => (one.data ?? []).map((each) => each.label)))];
  const values = series.map((one) => labels.map((label) => one.data?.find((each) => each.label === label)?.value));
  const marks = scale(values.flat().filter((value) => value !== undefined));
  const width = (WIDTH - ROOM.left - ROOM.right) / Math.max(labels.length, 1);
  const across = (index) => ROOM.left + width * (index + 0.5);
  const up = (value) => HEIGHT - ROOM.bottom - ((value - marks[0]) / (marks.at(-1) - marks[0])) * (HEIGHT - ROOM.top - ROOM.bottom);
  const shapes = values.flatMap((one, index) => (type === "bar" ? bars(one, index, series, across, up, width) : path(one, index, across, up, type === "area")));
  return {
    drawing: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-drawing", "aria-hidden": "true" }, ...axes(labels, marks, across, up), ...shapes),
    names: series.map((one) => one.name),
    axes: [axis.y_label && `Up: ${axis.y_label}`, axis.x_label && `Across: ${axis.x_label}`].filter(Boolean).join(" · "),
    rows: [[raw(axis.x_label ?? ""), ...series.map((one) => raw(one.name))], ...labels.map((label, at) => [raw(label), ...values.map((one) => number(one[at]))])],
  };
}

/** @param {{title: string, chart: any}} block */
export function chart(block) {
  const { drawing, names, axes: about, rows } = block.chart.segments ? pie(block.chart.segments) : graph(block.chart);
  return el("figure", { class: "chart" },
    el("figcaption", { class: "strong" }, block.title), drawing, legend(names),
    about && el("p", { class: "dim chart-axes" }, about),
    el("details", {}, el("summary", { class: "dim" }, "The numbers"), table({ rows, row_header_column_index: 0 })));
}
