// Requests to the server, and what went wrong in one word.
//   offline  no answer        login   the device or the log-in is no longer valid
//   busy     try again later  refused nothing to be done by trying again

import { open } from "./session.js";

const BASE = "/api/v1/capture/";
const PATIENCE = 30_000;

export class Trouble extends Error {
  constructor(kind, status = 0, body = {}) {
    super(body.message ?? body.detail ?? kind);
    Object.assign(this, { kind, status, body });
  }
}

const kindOf = (status) => {
  if (status === 401) return "login";
  return status === 429 || status >= 500 ? "busy" : "refused";
};

async function answer(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Trouble("offline");
  }
  const text = await response.text().catch(() => {
    throw new Trouble("offline");
  });
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    if (response.ok) throw new Trouble("busy", response.status);
  }
  if (!response.ok) throw new Trouble(kindOf(response.status), response.status, body);
  return body;
}

function request(method, content, headers) {
  const isJson = content !== undefined && !(content instanceof Blob || content instanceof FormData);
  return {
    method,
    headers: isJson ? { ...headers, "Content-Type": "application/json" } : headers,
    body: isJson ? JSON.stringify(content) : content,
  };
}

// As this device: by its secret, never by a cookie.
export const ask = async (method, path, content, headers = {}) =>
  answer(BASE + path, {
    ...request(method, content, { ...headers, Authorization: `Device ${open.device.secret}` }),
    credentials: "omit",
  });

// As the person who is logged in.
export const askAsUser = (method, path, content, csrf = "") =>
  answer(BASE + path, request(method, content, { "X-CSRFToken": csrf }));

// ``{user, csrf, login}``: who is logged in, and where one logs in.
export const whoIsLoggedIn = () => answer(document.body.dataset.session, {});

// Ends the log-in of this browser; what the device may do is its own.
export const logOut = ({ logout, csrf }) =>
  fetch(logout, { method: "POST", headers: { "X-CSRFToken": csrf }, redirect: "manual" });

// The kit of the event with a secret that is not kept yet.
export const kitFor = (secret) =>
  answer(`${BASE}kit/`, { headers: { Authorization: `Device ${secret}` }, credentials: "omit" });
