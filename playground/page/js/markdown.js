// Reads the common part of Markdown that Slack's markdown block takes.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = /(`[^`\n]+`)|(\*\*(?=\S)[^\n]+?\*\*|__(?=\S)[^\n]+?__)|(\*(?=\S)[^*\n]+?\*|\b_(?=\S)[^_\n]+?_\b)|(~~(?=\S)[^\n]+?~~)|(!?\[[^\]\n]*\]\((?:[^()\s]|\([^()\s]*\))+\))/;

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index) nodes.push(withEmoji(rest.slice(0, found.index)));
    const [whole, code, strong, em, strike, anchor] = found;
    if (code) nodes.push(el("code", {}, code.slice(1, -1)));
    if (strong) nodes.push(el("strong", {}, ...inline(strong.slice(2, -2))));
    if (em) nodes.push(el("em", {}, ...inline(em.slice(1, -1))));
    if (strike) nodes.push(el("s", {}, ...inline(strike.slice(2, -2))));
    if (anchor) {
      const [, label, url] = /^!?\[([^\]]*)\]\((.+)\)$/.exec(anchor);
      nodes.push(link(url, label || url));
    }
    rest = rest.slice(found.index + whole.length);
  }
  if (rest) nodes.push(withEmoji(rest));
  return nodes;
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const [head, , ...rows] = lines;
  return el("div", { class: "table-frame" }, el("table", {},
    el("thead", {}, el("tr", {}, cells(head).map((cell) => el("th", { scope: "col" }, ...inline(cell))))),
    el("tbody", {}, rows.map((row) => el("tr", {}, cells(row).map((cell) => el("td", {}, ...inline(cell))))))));
}

const RULES = [
  [/^(#{1,6})\s+(.*)$/, ([, marks, text]) => el("p", { class: `md-heading md-${Math.min(marks.length, 3)}` }, ...inline(text))],
  [/^\s*([-*_])(?:\s*\1){2,}\s*$/, () => el("hr", { class: "block-divider" })],
];

function takeWhile(lines, test) {
  const taken = [];
  while (lines.length && test(lines[0])) taken.push(lines.shift());
  return taken;
}

function item(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return el("li", {}, ...(task ? [task[1] === " " ? "☐ " : "☑ ", ...inline(task[2])] : inline(text)));
}

/** @param {string} text @returns {any[]} nodes */
export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) {
    const line = lines[0];
    const rule = RULES.find(([pattern]) => pattern.test(line));
    if (!line.trim()) lines.shift();
    else if (rule) nodes.push(rule[1](rule[0].exec(lines.shift())));
    else if (line.startsWith("```")) {
      lines.shift();
      nodes.push(el("pre", {}, takeWhile(lines, (one) => !one.startsWith("```")).join("\n")));
      lines.shift();
    } else if (line.startsWith(">")) {
      nodes.push(el("blockquote", {}, ...inline(takeWhile(lines, (one) => one.startsWith(">")).map((one) => one.replace(/^> ?/, "")).join("\n"))));
    } else if (/^\s*[-*+]\s+/.test(line)) {
      nodes.push(el("ul", {}, takeWhile(lines, (one) => /^\s*[-*+]\s+/.test(one)).map((one) => item(one.replace(/^\s*[-*+]\s+/, "")))));
    } else if (/^\s*\d+[.)]\s+/.test(line)) {
      nodes.push(el("ol", { start: Number.parseInt(line, 10) }, takeWhile(lines, (one) => /^\s*\d+[.)]\s+/.test(one)).map((one) => item(one.replace(/^\s*\d+[.)]\s+/, "")))));
    } else if (line.includes("|") && /^\s*\|?\s*:?-+/.test(lines[1] ?? "")) {
      nodes.push(table(takeWhile(lines, (one) => one.includes("|"))));
    } else {
      const [first, ...more] = [lines.shift(), ...takeWhile(lines, (one) => one.trim() && !/^(#{1,6}\s|```|>|\s*[-*+]\s|\s*\d+[.)]\s)/.test(one))];
      nodes.push(el("p", { class: "line" }, ...inline([first, ...more].join("\n"))));
    }
  }
  return nodes;
}
