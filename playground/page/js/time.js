// The playground's time in words: its clock, and moments as this member's time zone shows them.

const state = { ahead: 0, zone: "Europe/London", formats: new Map() };

/** @param {string} iso the playground's now */
export function setClock(iso) {
  state.ahead = Date.parse(iso) - Date.now();
}

/** @param {string|undefined} zone */
export function setZone(zone) {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    state.zone = zone ?? "Europe/London";
  } catch {
    state.zone = "Europe/London";
  }
  state.formats.clear();
}

export function zone() {
  return state.zone;
}

/** The playground's now, in milliseconds. */
export function now() {
  return Date.now() + state.ahead;
}

function parts(ms, options) {
  const key = JSON.stringify(options);
  if (!state.formats.has(key)) state.formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: state.zone, hourCycle: "h23", ...options }));
  const found = {};
  for (const part of state.formats.get(key).formatToParts(ms)) found[part.type] = part.value;
  return found;
}

const DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

/** A message's ts in milliseconds. */
export function ms(ts) {
  return Number.parseFloat(ts) * 1000;
}

/** "09:31" */
export function timeOf(at) {
  const { hour, minute } = parts(at, { hour: "2-digit", minute: "2-digit" });
  return `${hour}:${minute}`;
}

/** "Tuesday 1 December", with the year when it is not this one */
export function dayOf(at) {
  const { weekday, day, month, year } = parts(at, DAY);
  return `${weekday} ${day} ${month}${year === parts(now(), DAY).year ? "" : ` ${year}`}`;
}

/** One word per day, to see where a new day begins. */
export function dayKey(at) {
  const { day, month, year } = parts(at, { day: "2-digit", month: "2-digit", year: "numeric" });
  return `${year}-${month}-${day}`;
}

/** "Tuesday 1 December, 09:31" */
export function stampOf(at) {
  return `${dayOf(at)}, ${timeOf(at)}`;
}

/** "Tue 1 Dec, 09:31", where there is little room */
export function shortStampOf(at) {
  const { weekday, day, month } = parts(at, { weekday: "short", day: "numeric", month: "short" });
  return `${weekday} ${day} ${month}, ${timeOf(at)}`;
}

const FAR = 6 * 86_400_000;

/** "Tue 09:30", or with the date when it is more than six days away */
export function dueOf(at) {
  return at - now() > FAR ? shortStampOf(at).replace(",", "") : `${parts(at, { weekday: "short" }).weekday} ${timeOf(at)}`;
}

/** "Tue 09:30", or only the date when it is more than six days away */
export function shortDueOf(at) {
  return at - now() > FAR ? shortStampOf(at).split(",")[0] : dueOf(at);
}

/** "a minute ago" */
export function ago(at) {
  const minutes = Math.floor((now() - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes === 1) return "a minute ago";
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours === 1) return "an hour ago";
  if (hours < 24) return `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  if (days === 1) return "a day ago";
  return days < 31 ? `${days} days ago` : `on ${dayOf(at)}`;
}

function pretty(at, plain) {
  const days = Math.round((Date.parse(dayKey(at)) - Date.parse(dayKey(now()))) / 86_400_000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? plain;
}

/** Slack's `{date_long}`, `{time}` and the others, filled in. */
export function slackDate(seconds, format) {
  const at = seconds * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return null;
  const { weekday, day, month, year } = parts(at, DAY);
  const short = parts(at, { day: "numeric", month: "short", year: "numeric" });
  const numeric = dayKey(at);
  const date = `${day} ${month} ${year}`;
  const dateShort = `${short.day} ${short.month} ${short.year}`;
  const dateLong = `${weekday} ${day} ${month} ${year}`;
  const words = {
    date_num: numeric,
    date_slash: numeric.split("-").reverse().join("/"),
    date,
    date_short: dateShort,
    date_long: dateLong,
    date_pretty: pretty(at, date),
    date_short_pretty: pretty(at, dateShort),
    date_long_pretty: pretty(at, dateLong),
    date_long_full: dateLong,
    day_divider_pretty: pretty(at, `${weekday} ${day} ${month}`),
    time: timeOf(at),
    time_secs: `${timeOf(at)}:${parts(at, { second: "2-digit" }).second.padStart(2, "0")}`,
    ago: ago(at),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}
