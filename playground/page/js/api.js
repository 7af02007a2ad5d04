// Talks to the playground's control API; nothing else on the page fetches anything.

/** An answer that said no, with the sentence a person can read. */
export class ApiError extends Error {
  /** @param {{error?: string, detail?: string}} body */
  constructor(body) {
    super(body.detail || body.error || "The playground gave no reason.");
    this.error = body.error || "unknown";
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: typeof options?.body === "string" ? { "content-type": "application/json" } : {} });
  } catch {
    throw new ApiError({ error: "unreachable", detail: "The playground cannot be reached. Is it still running?" });
  }
  let body;
  try {
    body = await response.json();
  } catch {
    throw new ApiError({ error: "not_json", detail: `The playground answered ${response.status} without saying more.` });
  }
  if (!body.ok) throw new ApiError(body);
  return body;
}

function query(values) {
  const used = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return used.length ? `?${new URLSearchParams(used)}` : "";
}

/** @param {string} what @param {Record<string, any>} [values] */
export function get(what, values = {}) {
  return call(`/_/${what}${query(values)}`);
}

/** @param {string} what @param {object} body */
export function post(what, body) {
  return call(`/_/${what}`, { method: "POST", body: JSON.stringify(body) });
}

/** A member chooses a file for a form. @param {string} as @param {File} file */
export function upload(as, file) {
  return call(`/_/upload${query({ as, name: file.name })}`, { method: "POST", body: file });
}

/**
 * One member does one thing; answers when the bot has acked.
 * @param {string} as @param {string} action @param {Record<string, any>} [what]
 * @returns {Promise<{ok: true, ack: string, ms: number, ts?: string, errors?: Record<string, string>}>}
 */
export function act(as, action, what = {}) {
  return post("act", { as, do: action, ...what });
}
