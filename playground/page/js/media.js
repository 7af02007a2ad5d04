// Shows pictures, videos, files and calls. Nothing is fetched from elsewhere: what is not here is named, with its address.

import { el, icon } from "./dom.js";
import { link, plain } from "./mrkdwn.js";
import { store } from "./state.js";

/** The address a picture has; a file of Slack's may be known by its id alone. */
function addressOf(source) {
  const file = source.slack_file?.id;
  return source.image_url ?? source.slack_file?.url ?? source.url ?? (file ? `/_slack/files/${store.world.workspace.id}/${file}/picture` : "");
}

function isHere(address) {
  return URL.canParse(address, location.href) && new URL(address, location.href).origin === location.origin;
}

/** A box that says what would stand here. @param {string} kind "Picture", "Video" ... */
export function labelled(kind, title, ...more) {
  return el("div", { class: "box labelled" }, el("p", { class: "box-kind" }, kind), title && el("p", { class: "strong" }, title), ...more);
}

function away(source, alt, className) {
  const address = addressOf(source);
  const words = alt || "no description";
  if (className !== "image" && className !== "card-hero") {
    return el("span", { class: `${className} picture-away`, title: address }, address ? link(address, words) : words);
  }
  return el("div", { class: `box labelled picture-away ${className}` }, el("p", { class: "box-kind" }, "Picture"), el("p", {}, words),
    address && el("p", { class: "address" }, link(new URL(address, location.href).href)));
}

/** A picture this playground serves itself; one from elsewhere is described. */
export function picture(source, alt, className) {
  const address = addressOf(source);
  if (!address || !isHere(address)) return away(source, alt, className);
  const node = el("img", { class: className, src: address, alt: alt ?? "", loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(away(source, alt, className)));
  return node;
}

export function image(block) {
  return el("figure", { class: "figure" }, block.title && el("figcaption", {}, plain(block.title)), picture(block, block.alt_text, "image"));
}

export function video(block) {
  const about = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return labelled("Video", link(block.title_url ?? block.video_url, plain(block.title)),
    block.description && el("p", {}, plain(block.description)),
    block.alt_text && el("p", { class: "dim" }, block.alt_text),
    about && el("p", { class: "dim" }, about),
    el("p", { class: "address" }, link(block.video_url)));
}

/** A file block, which stands for a file of another service. */
export function fileBlock(block) {
  return labelled("File", block.file?.title ?? block.external_id, el("p", { class: "dim" }, `from: ${block.source}`));
}

/** A file that somebody has shared with a message. */
export function sharedFile(one) {
  const address = one.url_private ?? one.permalink ?? "";
  const title = one.title || one.name || one.id;
  if (one.mimetype?.startsWith("image/") && address) return el("figure", { class: "figure" }, el("figcaption", {}, title), picture({ image_url: address }, one.alt_txt ?? title, "image"));
  return el("p", { class: "file" }, icon("file"), address ? link(new URL(address, location.href).href, title) : title);
}

export function call(block) {
  const about = block.call?.v1 ?? {};
  const join = about.join_url && el("p", { class: "address" }, link(about.join_url));
  return labelled("Call", about.name || block.call_id, join);
}
