// Registers the device: with the log-in of whoever captures, and a PIN of their own. The same
// again, without a PIN, when the device has expired: what is stored stays.

import { askAsUser, logOut, whoIsLoggedIn } from "./api.js";
import { part, parts, show } from "./dom.js";
import { enrol } from "./enrolling.js";
import { everybody } from "./profiles.js";
import { open } from "./session.js";
import { say } from "./words.js";

let session;
let isShared = false;
const form = part("register");
const tellUser = (code, values) => (part("register-said").textContent = say(code, values));
const fail = (sentence) => (part("register-error").textContent = sentence);

export async function enter() {
  form.hidden = true;
  part("register-login").hidden = true;
  isShared = (await everybody()).length > 0;
  part("register-back").hidden = !isShared;
  part("switch").hidden = true;
  part("register-back").hash = open.key ? "#uebertragung" : "#sperre";
  fail("");
  tellUser("register_asking");
  show("register");
  try {
    session = await whoIsLoggedIn();
    if (!session.user) return needsLogin();
    offer(await askAsUser("GET", "events/"));
  } catch (trouble) {
    if (trouble.kind === "login") needsLogin();
    else tellUser(trouble.kind === "offline" ? "register_offline" : "register_failed", trouble);
  }
}

function needsLogin() {
  tellUser("register_login");
  part("login").href = session.login;
  part("register-login").hidden = false;
}

function offer(found) {
  const events = found.results ?? found;
  part("switch").hidden = false;
  if (!events.length) return tellUser("register_no_event", { user: session.user });
  form.elements.event.replaceChildren(
    ...events.map((event) => new Option(`${event.name}`, event.id)),
  );
  for (const field of parts("new-pin")) {
    field.hidden = Boolean(open.key);
    field.querySelector("input").disabled = Boolean(open.key);
  }
  form.elements.leave.checked = isShared;
  tellUser(open.key ? "register_renew" : "register_as", { user: session.user });
  form.hidden = false;
  form.elements.event.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  fail("");
  part("register-button").disabled = true;
  const values = Object.fromEntries(new FormData(form));
  try {
    await enrol(values, session.csrf);
    form.reset();
    if (values.leave) await logOut(session);
  } catch (trouble) {
    fail(trouble.kind === "offline" ? say("register_offline") : trouble.message);
  }
  part("register-button").disabled = false;
});
part("switch").addEventListener("click", async () => {
  await logOut(session);
  enter();
});
