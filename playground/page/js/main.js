// Starts the page and says who hears of what.

import { Bar } from "./bar.js";
import { Composer, sayIn } from "./composer.js";
import { el, fill } from "./dom.js";
import { Home } from "./home.js";
import { showHints } from "./hints.js";
import { Inspector } from "./inspector.js";
import { live } from "./live.js";
import { attempt } from "./message.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { showPlace } from "./place.js";
import { Sidebar } from "./sidebar.js";
import { channelName, fromAddress, go, isHome, isMember, leaveLost, loadAddressed, loadWorld, mayRead, me, on, openThread, permalink, placeNow, settlePlace, store, tell } from "./state.js";
import { Thread } from "./thread.js";
import { toast } from "./toast.js";
import { checkAll, checkUnread, markRead } from "./unread.js";

const at = (id) => document.getElementById(id);

function drawer(open) {
  document.body.classList.toggle("with-drawer", open);
  at("shade").hidden = !open;
  document.querySelector(".bar-menu").setAttribute("aria-expanded", String(open));
  if (open) at("sidebar").querySelector("button")?.focus();
}

function sayShut() {
  toast(`${me()?.name ?? "This member"} cannot look into that channel, or it is not there.`);
}

/** Follows a link within the page: to a channel, or to a message in it. */
function visit(place, thread = null, message = null) {
  if (!mayRead(place)) {
    sayShut();
    return;
  }
  if (message) {
    store.message = message;
    store.place = "";
  }
  go(place, thread);
}

/** The composer, or a way in for somebody who only looks. */
function showComposer(composer, join) {
  const place = placeNow();
  const outside = Boolean(place) && place.id !== "dm" && !isMember(place);
  const shut = outside || Boolean(place?.archived);
  at("composer").hidden = !place || shut;
  join.hidden = !shut;
  if (!place) return;
  const name = place.kind === "public" || place.kind === "private" ? `#${place.name}` : channelName(place);
  if (place.archived) {
    fill(join, el("p", {}, `${name} is archived: it can be read, and nobody writes there any more.`));
    return;
  }
  if (outside) {
    const button = el("button", { type: "button", class: "button button-primary" }, `Join ${name}`);
    button.addEventListener("click", () => attempt("join", { channel: place.id }));
    fill(join, el("p", {}, `You are looking at ${name}.`), button);
    return;
  }
  const label = `Message ${name}, or type / for commands`;
  if (composer.label !== label || composer.owner !== store.as || composer.place !== place.id) composer.stand(place.id, label, `Message ${name}`);
  composer.label = label;
  composer.owner = store.as;
}

async function start() {
  await loadAddressed();
  if (!fromAddress()) sayShut();

  const inspector = new Inspector(at("wire"));
  const modals = new Modals();
  const home = new Home(at("home"));
  const list = new MessageList(at("messages"), {
    inThread: false,
    openThread,
    onGone: () => loadWorld().catch((error) => toast(error.message)),
    onLoaded: (_, answer) => {
      if (store.place === "dm" && answer.channel.id !== "dm") settlePlace(answer.channel.id);
      markRead(store.place);
    },
  });
  const composer = new Composer(at("composer"), {
    id: "composer-text",
    inThread: false,
    send: (text) => sayIn(store.place, text),
    onSent: () => list.toBottom(),
  });
  const join = el("div", { class: "join", hidden: true });
  at("composer").after(join);
  const thread = new Thread(at("thread"));
  new Bar(at("bar"), { openWire: (opener) => inspector.toggle(opener), openDrawer: () => drawer(!document.body.classList.contains("with-drawer")) });
  new Sidebar(at("sidebar"), { tryCommand: (text) => tryCommand(text), close: () => drawer(false) });

  function tryCommand(text) {
    if (isHome(store.place)) go(store.world.channels.find((one) => one.kind === "public" && isMember(one))?.id ?? "dm");
    composer.put(text);
  }

  async function showHere() {
    const inHome = isHome(store.place);
    at("home").hidden = !inHome;
    at("messages").hidden = inHome;
    showPlace(at("place"));
    showComposer(composer, join);
    if (inHome) {
      list.clear();
      await home.open();
    } else {
      await list.open(store.place);
      if (store.message) await list.reveal(store.message);
      store.message = null;
    }
  }

  function everything() {
    return Promise.all([list.refresh(), thread.list.refresh(), modals.refresh(), home.refresh(), inspector.refresh(), checkAll()]);
  }

  on("place", showHere);
  on("me", () => {
    showHere();
    thread.show();
    modals.refresh();
    checkAll();
    stream.connect();
  });
  on("world", () => {
    const gone = me()?.deactivated ? me() : null;
    if (gone) modals.show([]);
    leaveLost();
    if (gone) toast(`${gone.name} has been deactivated: this window is ${me().name} now.`);
    showPlace(at("place"));
    showComposer(composer, join);
  });

  const stream = live(async ({ messages, what }) => {
    if (what.has("state") || what.has("clock")) await loadWorld().catch((error) => toast(error.message)); // who may look comes first
    if (what.has("views")) modals.refresh();
    if (what.has("home")) home.refresh();
    if (what.has("log")) inspector.refresh();
    for (const channel of messages) {
      if (channel !== store.place && store.place !== "dm") checkUnread(channel);
      else {
        list.refresh();
        if (store.thread) thread.list.refresh();
      }
    }
  }, () => loadWorld().then(everything).catch((error) => toast(error.message)));

  addEventListener("popstate", async () => {
    await loadAddressed();
    if (!fromAddress()) sayShut();
    tell("world");
    tell("me");
  });
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a[href]");
    if (anchor?.dataset.channel) {
      event.preventDefault();
      visit(anchor.dataset.channel);
    } else if (anchor?.origin === location.origin && permalink(anchor)) {
      event.preventDefault();
      const { channel, message, thread } = permalink(anchor);
      visit(channel, thread, message);
    }
  });
  at("shade").addEventListener("click", () => drawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("with-drawer")) drawer(false);
  });

  tell("world");
  tell("me");
  showHints(at("hints"));
}

start().catch((error) => {
  toast(error.message);
  setTimeout(() => location.reload(), 5000);
});
