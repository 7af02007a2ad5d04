// Reads Slack's mrkdwn and builds the DOM a person would see in Slack; what it does not know stays text.

import { bdi, el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { channel, groupName, isMember, mayRead, personName, store } from "./state.js";
import { slackDate } from "./time.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const SCHEME = /^(https?|mailto|tel|slack):/i;
const LINK = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]]/i;
const WORD = /[\p{L}\p{N}]/u;

/** Undoes Slack's three escapes, and only those. */
export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** A link that leaves the page in a new tab; an address of another scheme is only text. */
export function link(url, ...label) {
  const shown = label.length ? label : [url];
  if (!SCHEME.test(url)) return el("span", {}, ...shown);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}

export function userMention(id) {
  return bdi(`@${personName(id)}`, { class: id === store.as ? "mention mention-me" : "mention" });
}

export function channelMention(id, label) {
  const known = channel(id);
  if (known?.kind === "private" && !isMember(known)) return el("span", { class: "mention" }, "a private channel");
  const name = known?.name ?? label ?? id;
  if (!mayRead(id)) return el("span", { class: "mention" }, `#${name}`);
  return el("a", { class: "mention", href: `/?as=${store.as}&channel=${id}`, data: { channel: id } }, `#${name}`);
}

function angle(inner) {
  const [target, ...rest] = inner.split("|");
  const label = rest.join("|");
  if (/^@[UW][A-Z0-9]+$/.test(target)) return userMention(target.slice(1));
  if (/^#C[A-Z0-9]+$/.test(target)) return channelMention(target.slice(1), unescape(label));
  if (/^!(here|channel|everyone)$/.test(target)) return bdi(`@${target.slice(1)}`, { class: "mention mention-me" });
  if (target.startsWith("!subteam^")) return bdi(groupName(target.slice(9)) ?? unescape(label || `@${target.slice(9)}`), { class: "mention" });
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!") && label) return el("span", {}, unescape(label));
  if (SCHEME.test(target)) return label ? link(unescape(target), ...inline(label)) : link(unescape(target));
  return null;
}

function date(target, label) {
  const [, seconds, format, url] = target.split("^");
  const shown = slackDate(Number(seconds), unescape(format ?? "")) ?? unescape(label);
  return url ? link(unescape(url), shown) : el("time", {}, shown);
}

function closing(text, from, mark, spent) {
  const newline = text.indexOf("\n", from);
  const end = newline === -1 ? text.length : newline;
  if (spent[mark] === end) return -1;
  for (let at = text.indexOf(mark, from + 1); at !== -1 && at < end; at = text.indexOf(mark, at + 1)) {
    if (at === from + 1) continue;
    if (mark === "`") return at;
    const before = text[at - 1];
    const after = text[at + 1] ?? " ";
    if (!/\s/.test(before) && before !== mark && after !== mark && !WORD.test(after)) return at;
  }
  spent[mark] = end;
  return -1;
}

function opens(text, at, mark) {
  const before = text[at - 1] ?? " ";
  const after = text[at + 1] ?? " ";
  return !WORD.test(before) && before !== mark && after !== mark && (mark === "`" || !/\s/.test(after));
}

/** @returns {[any, number]|null} a node and how many characters it took */
function token(text, at, words, spent) {
  const here = text[at];
  if (here === "<") {
    const end = text.indexOf(">", at);
    const node = end === -1 || end - at > 4000 ? null : angle(text.slice(at + 1, end));
    return node && [node, end + 1 - at];
  }
  if (here === "`" && opens(text, at, here)) {
    const end = closing(text, at, here, spent);
    return end === -1 ? null : [el("code", {}, unescape(text.slice(at + 1, end))), end + 1 - at];
  }
  if (MARKS[here] && opens(text, at, here)) {
    const end = closing(text, at, here, spent);
    return end === -1 ? null : [el(MARKS[here], {}, ...inline(text.slice(at + 1, end))), end + 1 - at];
  }
  if (here === ":") {
    const found = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(at, at + 60));
    const character = found && emoji(found[1]);
    return character ? [el("span", { class: "emoji", role: "img", "aria-label": found[1].replaceAll("_", " ") }, character), found[0].length] : null;
  }
  if (here === "h" && !words.at(-1)?.match(WORD)) {
    const found = LINK.exec(text.slice(at, at + 2000));
    return found && [link(unescape(found[0])), found[0].length];
  }
  return null;
}

/** One line, or several, of mrkdwn without quotes and preformatted text. */
export function inline(text) {
  const nodes = [];
  const spent = {};
  let words = "";
  for (let at = 0; at < text.length; ) {
    const found = "<`*_~:h".includes(text[at]) ? token(text, at, words, spent) : null;
    if (found) {
      if (words) nodes.push(unescape(words));
      words = "";
      nodes.push(found[0]);
      at += found[1];
    } else {
      words += text[at];
      at += 1;
    }
  }
  if (words) nodes.push(unescape(words));
  return nodes;
}

function quotedLine(line) {
  const found = /^(?:>|&gt;) ?/.exec(line);
  return found && !/^<[^>]*>/.test(line) ? line.slice(found[0].length) : null;
}

function paragraphs(text, nodes) {
  const lines = text.split("\n");
  let plain = [];
  let quoted = [];
  const flush = () => {
    if (plain.length) nodes.push(el("span", { class: "line" }, ...inline(plain.join("\n"))));
    if (quoted.length) nodes.push(el("blockquote", {}, ...inline(quoted.join("\n"))));
    plain = [];
    quoted = [];
  };
  lines.forEach((line, index) => {
    const rest = /^(?:>>>|&gt;&gt;&gt;) ?/.exec(line);
    if (rest) {
      flush();
      quoted = [line.slice(rest[0].length), ...lines.splice(index + 1)];
      return;
    }
    const quote = quotedLine(line);
    if (quote === null ? quoted.length : plain.length) flush();
    (quote === null ? plain : quoted).push(quote ?? line);
  });
  flush();
}

/**
 * Whole mrkdwn text.
 * @param {string} text
 * @returns {any[]} nodes
 */
export function mrkdwn(text) {
  const nodes = [];
  const pieces = text.split("```");
  for (const [index, part] of pieces.entries()) {
    const inside = index % 2 === 1;
    const more = index < pieces.length - 1;
    if (inside && more) {
      nodes.push(el("pre", {}, unescape(part.replace(/^\n|\n$/g, ""))));
      continue;
    }
    const words = inside ? "```" + part : index ? part.replace(/^ ?\n?/, "") : part;
    const shown = more ? words.replace(/\n$/, "") : words;
    if (shown) paragraphs(shown, nodes);
  }
  return nodes;
}

/** A text object of Block Kit: mrkdwn or plain text. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return [withEmoji(object)];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.emoji === false ? object.text : withEmoji(object.text ?? "")];
}

/** A text object as a plain string, for labels. */
export function plain(object) {
  return object ? withEmoji(typeof object === "string" ? object : object.text ?? "") : "";
}
