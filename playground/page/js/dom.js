// Builds DOM nodes from data: text is always text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * One element with attributes, listeners and children; empty children are left out.
 * @param {string} tag
 * @param {Record<string, any>} [props] `class`, `on: {event: listener}`, `data: {key: value}`, or attributes
 * @param {...any} children nodes, strings, or lists of them
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...flat(children));
  return node;
}

/** One element of a drawing. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...flat(children));
  return node;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** The same words with no link in them, for what is itself pressed. */
export function inert(node) {
  for (const link of node.querySelectorAll("a")) link.replaceWith(el("span", { class: link.className }, ...link.childNodes));
  return node;
}

/** A name or other words from outside, kept from turning the words around it (right-to-left marks). */
export function bdi(text, props = {}) {
  return el("bdi", props, text);
}

const PATHS = {
  lock: "M5 7V5a3 3 0 0 1 6 0v2h.5A1.5 1.5 0 0 1 13 8.5v4a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7zM6.5 7h3V5a1.5 1.5 0 0 0-3 0z",
  close: "M4 3 3 4l4 4-4 4 1 1 4-4 4 4 1-1-4-4 4-4-1-1-4 4z",
  menu: "M2 3.5h12V5H2zm0 3.750h12v1.5H2zM2 11h12v1.5H2z",
  down: "M3.5 5.5 8 10l4.5-4.5 1 1L8 12 2.5 6.5z",
  smile: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3zM6 5.600a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.800zm4 0a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.800zM4.9 9a3.3 3.3 0 0 0 6.2 0H9.700a2 2 0 0 1-3.4 0z",
  reply: "M3 2.5h10A1.5 1.5 0 0 1 14.5 4v6a1.5 1.5 0 0 1-1.5 1.5H7.5L4 14.5v-3H3A1.5 1.5 0 0 1 1.5 10V4A1.5 1.5 0 0 1 3 2.5zM3 4v6h2.5v1.5L7 10h6V4z",
  more: "M3 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm5 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm5 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
  send: "M2 2.5 14.5 8 2 13.5V9.5L9 8 2 6.5z",
  people: "M6 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.400zM1 13c0-2.5 2-4.2 5-4.200s5 1.7 5 4.200v.5H1zm9.8-9.800a2.4 2.4 0 0 1 0 4.6 3.9 3.9 0 0 0 0-4.600zm.8 6c2 .4 3.4 1.8 3.4 3.800v.5h-2.600c0-1.7-.2-2.8-.8-4.300z",
  bolt: "M9 1 3 9h4l-1 6 6-8H8z",
  file: "M4 1.5h5l3.5 3.5v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 13V3A1.5 1.5 0 0 1 4 1.5zM4 3v10h7V6H8V3z",
};

/** A small picture that says nothing to a screen reader; the words stand beside it. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", class: `icon icon-${name}`, "aria-hidden": "true" }, svg("path", { d: PATHS[name], "fill-rule": "evenodd" }));
}

/** Words for a screen reader only. */
export function quiet(text) {
  return el("span", { class: "quiet" }, text);
}

let counter = 0;
/** An id that no other element on the page has. */
export function uid(prefix = "x") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Runs once after the last call of a burst. */
export function debounce(run, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
}

/** Runs an async job one at a time; a call while it runs makes it run once more afterwards. */
export function single(job) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await job();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Makes `nodes` the children, in this order, without touching those already in their place. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
