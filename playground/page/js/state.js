// What the page knows and where it stands, and who wants to hear when that changes.

import { get } from "./api.js";
import { setClock, setZone } from "./time.js";

/** @typedef {{id: string, name: string, kind: "public"|"private"|"dm"|"group", members: string[], topic?: string}} Channel */
/** @typedef {{id: string, name: string, handle: string, sector?: string, tz?: string, convener?: boolean, guest?: boolean, bot?: boolean, deactivated?: boolean}} Member */

export const store = {
  /** @type {any} the last answer of GET /_/state */
  world: null,
  /** @type {string|undefined} the workspace this window looks at, where there are several */
  workspace: undefined,
  /** @type {string} the member this window is */
  as: "",
  /** @type {string} a channel id, or "home" or "home:" and the id of an app */
  place: "",
  /** @type {string|null} the open thread's ts */
  thread: null,
  /** @type {string|null} a message to bring into view, once its channel is shown */
  message: null,
};

const listeners = new Map();

/** Calls `listener` whenever `topic` is told. */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Looks at the workspace again. */
export async function loadWorld() {
  await look();
  tell("world");
}

async function look() {
  store.world = await get("state", { workspace: store.workspace });
  setClock(store.world.now);
}

/** The other workspaces of this playground. */
export function otherWorkspaces() {
  return (store.world.workspaces ?? []).filter((one) => one.id !== store.world.workspace.id);
}

/** Looks at the workspace in which the member or channel of the address is; ids are unique in all of them. */
export async function loadAddressed() {
  const wanted = [new URLSearchParams(location.search).get("as"), permalink(location)?.channel].filter(Boolean);
  const isHere = () => !wanted.length || [...store.world.members, ...store.world.channels].some(({ id }) => wanted.includes(id));
  await look();
  const [first, others] = [store.workspace, isHere() ? [] : otherWorkspaces()];
  for (const { id } of others) {
    store.workspace = id;
    await look();
    if (isHere()) return;
  }
  if (!others.length) return;
  store.workspace = first;
  await look();
}

/** This window looks at another workspace, as somebody there. */
export async function enter(workspace) {
  store.workspace = workspace;
  await look();
  store.as = firstPerson();
  store.place = firstPlace();
  store.thread = null;
  setZone(me()?.tz);
  toAddress(false);
  tell("world");
  tell("me");
}

function firstPerson() {
  const everyone = people().filter((one) => !one.deactivated);
  return (everyone.find((one) => one.convener) ?? everyone[0])?.id ?? "";
}

/** @returns {Member|undefined} */
export function member(id) {
  return store.world.members.find((one) => one.id === id);
}

/** @returns {Channel|undefined} */
export function channel(id) {
  return store.world.channels.find((one) => one.id === id);
}

/** People one can be: no bots. */
export function people() {
  return store.world.members.filter((one) => !one.bot);
}

export function me() {
  return member(store.as);
}

export function isMember(one) {
  return one.members.includes(store.as);
}

/** Channels this member is in, in the order the sidebar shows them. */
export function myChannels() {
  return store.world.channels
    .filter((one) => (one.kind === "public" || one.kind === "private") && isMember(one) && !one.archived)
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function browsableChannels() {
  if (me()?.guest) return [];
  return store.world.channels.filter((one) => one.kind === "public" && !isMember(one) && !one.archived).sort((a, b) => a.name.localeCompare(b.name));
}

/** Direct messages of this member; an app nobody has written to yet is offered as "dm". */
export function myConversations() {
  const mine = store.world.channels.filter((one) => (one.kind === "dm" || one.kind === "group") && isMember(one));
  const app = store.world.apps[0];
  const known = app && mine.some((one) => one.kind === "dm" && one.members.includes(app.bot_user));
  return app && !known ? [{ id: "dm", name: app.name, kind: "dm", members: [store.as, app.bot_user] }, ...mine] : mine;
}

/** What a channel is called by this member. */
export function channelName(one) {
  if (one.kind === "public" || one.kind === "private") return one.name;
  const others = one.members.filter((id) => id !== store.as).map((id) => personName(id));
  return others.join(", ") || one.name;
}

/** A person or app by user id. */
export function personName(id) {
  return store.world.apps.find((app) => app.bot_user === id)?.name ?? member(id)?.name ?? id;
}

/** A group of members by id: "@handle". */
export function groupName(id) {
  const group = store.world.usergroups.find((one) => one.id === id);
  return group ? `@${group.handle}` : null;
}

/** The place by id, the not yet opened DM with the app included. */
export function placeNow() {
  if (isHome(store.place)) return null;
  return channel(store.place) ?? myConversations().find((one) => one.id === store.place) ?? null;
}

/** Whether this window's member can stand in a place: an app's home, or a conversation; guests in their own channels only. */
export function mayRead(id) {
  if (isHome(id)) return Boolean(homeApp(id));
  const one = channel(id);
  return one ? isMember(one) || (one.kind === "public" && !me()?.guest) : id === "dm" && store.world.apps.length > 0;
}

export function isHome(place) {
  return place === "home" || place.startsWith("home:");
}

/** The place of an app's home: "home" is the first one's. */
export function homeOf(app) {
  return app.id === store.world.apps[0].id ? "home" : `home:${app.id}`;
}

/** What an app's home is called: with several apps, by whose it is. */
export function homeName(app) {
  return store.world.apps.length > 1 ? `My things in ${app.name}` : "My things";
}

/** The app whose home a place is. */
export function homeApp(place) {
  return store.world.apps.find((app) => homeOf(app) === place);
}

function firstPlace() {
  return myChannels()[0]?.id ?? myConversations()[0]?.id ?? "home";
}

/**
 * What a permalink such as /archives/C0COLAB/p1796117460000100 points at.
 * @param {{pathname: string, search: string}} address
 */
export function permalink(address) {
  const found = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(address.pathname);
  if (!found) return null;
  const message = `${found[2]}.${found[3]}`;
  const thread = new URLSearchParams(address.search).get("thread_ts");
  return { channel: found[1], message: thread ?? message, thread };
}

/**
 * Reads `?as=U..&channel=..&thread=..`, or a permalink; what it does not say, or may not be, is chosen.
 * @returns {boolean} whether it leads where it says
 */
export function fromAddress() {
  const asked = new URLSearchParams(location.search);
  store.as = people().find((one) => one.id === asked.get("as") && !one.deactivated)?.id ?? firstPerson();
  const pointed = permalink(location);
  const place = pointed?.channel ?? asked.get("channel") ?? "";
  const named = store.world.channels.find((one) => one.name && one.name === place)?.id ?? place;
  store.place = mayRead(named) ? named : firstPlace();
  const there = !place || store.place === named;
  const thread = pointed?.thread ?? asked.get("thread");
  store.thread = there && !isHome(store.place) ? thread : null;
  store.message = (there && pointed?.message) || null;
  setZone(me()?.tz);
  toAddress(true);
  return there;
}

/** Leaves a member who is deactivated, and a place that this member cannot read any more. */
export function leaveLost() {
  if (me()?.deactivated) become(firstPerson());
  else if (!mayRead(store.place)) go(firstPlace());
}

function toAddress(replace) {
  const address = `/?${new URLSearchParams({ as: store.as, channel: store.place, ...(store.thread ? { thread: store.thread } : {}) })}`;
  if (address === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

/** This window becomes another member. */
export function become(id) {
  if (id === store.as) return;
  store.as = id;
  setZone(me()?.tz);
  if (!mayRead(store.place) || store.place === "dm" || !channel(store.place)?.members.includes(id)) {
    if (!isHome(store.place)) store.place = firstPlace();
    store.thread = null;
  }
  toAddress(false);
  tell("me");
}

/** Goes to a channel, a conversation, or an app's home. */
export function go(place, thread = null) {
  const moved = place !== store.place;
  store.place = place;
  store.thread = thread;
  toAddress(false);
  if (moved) tell("place");
  tell("thread");
}

export function openThread(ts) {
  store.thread = ts;
  toAddress(true);
  tell("thread");
}

/** The pretended DM got its real id. */
export function settlePlace(id) {
  if (store.place !== "dm") return;
  store.place = id;
  toAddress(true);
}
