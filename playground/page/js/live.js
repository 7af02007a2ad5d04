// Hears from the playground what changed, gathers a burst into one, and passes it on.

import { store } from "./state.js";

const GATHER = 30;
const AGAIN = 5000;

/**
 * @param {(changes: {messages: Set<string>, what: Set<string>}) => void} onChange
 * @param {() => void} onOpen it listens now: what happened before has to be looked at
 * @returns {{connect: () => void}} `connect` listens, as whoever this window is
 */
export function live(onChange, onOpen) {
  let source = null;
  let timer = 0;
  let retry = 0;
  let waiting = { messages: new Set(), what: new Set() };

  function flush() {
    timer = 0;
    const changes = waiting;
    waiting = { messages: new Set(), what: new Set() };
    onChange(changes);
  }

  function note(event) {
    const change = JSON.parse(event.data);
    if (change.as && change.as !== store.as) return;
    waiting.what.add(change.what);
    if (change.what === "messages" && change.channel) waiting.messages.add(change.channel);
    timer ||= setTimeout(flush, GATHER);
  }

  function disconnect() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  function connect() {
    disconnect();
    source = new EventSource(`/_/events?as=${encodeURIComponent(store.as)}`);
    source.addEventListener("changed", note);
    source.addEventListener("open", onOpen);
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, AGAIN);
    });
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener("pagehide", disconnect);
  return { connect };
}
