// Which channels hold something this member has not seen on this page.

import { get } from "./api.js";
import { authorOf } from "./message.js";
import { myChannels, myConversations, store, tell } from "./state.js";
import { now } from "./time.js";

/** @type {Map<string, {read: number, latest: number}>} by member and channel */
const seen = new Map();
let opened = 0;

function entry(channel) {
  opened ||= now() / 1000;
  const key = `${store.as} ${channel}`;
  if (!seen.has(key)) seen.set(key, { read: opened, latest: 0 });
  return seen.get(key);
}

export function isUnread(channel) {
  const { read, latest } = entry(channel);
  return channel !== store.place && latest > read;
}

/** This member has seen the channel up to now. */
export function markRead(channel) {
  const one = entry(channel);
  one.read = Math.max(now() / 1000, one.latest);
  tell("unread");
}

/** Looks at the newest message of a channel one is not in at the moment. */
export async function checkUnread(channel) {
  const as = store.as;
  try {
    const { messages } = await get("messages", { channel, as, limit: 1 });
    const last = messages.at(-1);
    if (as !== store.as || !last || authorOf(last).id === as) return;
    entry(channel).latest = Number.parseFloat(last.ts);
    tell("unread");
  } catch {
    // Not this member's to read any more: the next look at the workspace takes it off the list.
  }
}

export function checkAll() {
  const all = [...myChannels(), ...myConversations()].filter((one) => one.id !== "dm" && one.id !== store.place);
  return Promise.all(all.map((one) => checkUnread(one.id)));
}
