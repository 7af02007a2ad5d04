// The line above the messages: where one is, who is there, inviting somebody, and leaving.

import { bdi, el, fill, icon, quiet } from "./dom.js";
import { confirmed } from "./dialogs.js";
import { attempt } from "./message.js";
import { avatar, crowd } from "./people.js";
import { choose, showPanel } from "./popover.js";
import { channelName, go, homeApp, isMember, me, myChannels, personName, placeNow, store } from "./state.js";

function everyone(place) {
  return place.members.map((id) => {
    const app = store.world.apps.find((one) => one.bot_user === id);
    const one = store.world.members.find((member) => member.id === id);
    return { id, name: personName(id), sector: one?.sector ?? "", bot: Boolean(app || one?.bot), convener: Boolean(one?.convener) };
  });
}

/** Apps first: inviting one is how most things here begin. */
function invitable(place) {
  const apps = store.world.apps.filter((app) => !place.members.includes(app.bot_user)).map((app) => ({ id: app.bot_user, name: app.name, note: "app" }));
  const known = new Set(store.world.apps.map((app) => app.bot_user));
  const people = store.world.members.filter((one) => !place.members.includes(one.id) && !known.has(one.id) && !one.deactivated).map((one) => ({ id: one.id, name: one.name, note: one.bot ? "app" : one.sector }));
  return [...apps, ...people];
}

function invite(opener, place) {
  choose(opener, invitable(place).map((one) => ({ value: one.id, label: one.name, note: one.note })), {
    label: `Invite to #${place.name}`,
    list: true,
    filter: true,
    onPick: (id) => attempt("join", { channel: place.id, member: id }),
  });
}

async function leave(place) {
  const sure = await confirmed({ title: `Leave #${place.name}?`, text: place.kind === "private" ? "It is private: somebody in it has to invite you back." : "You can join again at any time.", confirm: "Leave", deny: "Stay" });
  if (sure && (await attempt("leave", { channel: place.id }))) go(myChannels().find((one) => one.id !== place.id)?.id ?? "home");
}

function openPeople(opener, place) {
  const add = el("button", { type: "button", class: "button", "aria-haspopup": "listbox" }, "Invite someone");
  const out = el("button", { type: "button", class: "button" }, "Leave");
  const list = el("ul", { class: "people" }, everyone(place).map((one) => el("li", {}, avatar(one, "small"), el("span", { class: "person" }, bdi(one.name, { class: "person-name" }), " ", el("span", { class: "choice-note" }, one.bot ? "app" : one.sector)), one.convener && el("span", { class: "badge badge-convener" }, "convener"))));
  const panel = el("div", { class: "panel-wide panel-people", role: "dialog", "aria-label": `People in #${place.name}` }, isMember(place) && el("div", { class: "elements" }, add, out), list);
  add.addEventListener("click", () => invite(opener, place));
  out.addEventListener("click", () => {
    panel.hidePopover();
    leave(place);
  });
  showPanel(opener, panel);
  (isMember(place) ? add : opener).focus();
}

/** @param {HTMLElement} node */
export function showPlace(node) {
  const place = placeNow();
  document.title = place ? `${channelName(place)} · Togetherness playground` : "My things · Togetherness playground";
  if (!place) {
    fill(node, el("h1", { class: "place-name" }, "My things"), el("span", { class: "place-topic" }, `App Home of ${homeApp(store.place)?.name ?? "the app"}, as ${me()?.name ?? "you"} sees it`));
    return;
  }
  const inChannel = place.kind === "public" || place.kind === "private";
  const mark = place.kind === "private" ? [icon("lock"), quiet("private channel ")] : place.kind === "public" ? el("span", { class: "hash" }, "# ") : null;
  const who = crowd(place.members);
  const about = inChannel ? [place.topic?.includes(who) ? "" : who, place.topic].filter(Boolean).join(" · ") : "Direct message";
  const people = inChannel && el("button", { type: "button", class: "icon-button place-people", "aria-label": `People in #${place.name}`, title: "People", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("people"));
  if (people) people.addEventListener("click", () => openPeople(people, place));
  fill(node, el("h1", { class: "place-name" }, mark, bdi(channelName(place))), bdi(about, { class: "place-topic" }), people);
}
