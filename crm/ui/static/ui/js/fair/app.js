// Starts the app: the worker, the views, and the way from one to the other.

import { on } from "./hub.js";
import * as form from "./form.js";
import * as gate from "./gate.js";
import * as locking from "./locking.js";
import * as outbox from "./outbox.js";
import * as registering from "./registering.js";
import { open } from "./session.js";
import { show } from "./dom.js";
import * as versions from "./versions.js";
import "./notes.js";
import "./known.js";
import "./arriving.js";
import "./saving.js";
import "./taking.js";

const VIEWS = {
  "#uebertragung": () => outbox.enter(),
  "#anmelden": () => registering.enter(),
  "#zettel": () => show("slip"),
};

async function go() {
  if (location.hash === "#anmelden") return registering.enter();
  if (!open.key) return gate.enter();
  if (!open.kit) return registering.enter();
  return (VIEWS[location.hash] ?? VIEWS["#zettel"])();
}

window.addEventListener("hashchange", go);
on("unlocked", async () => {
  if (open.kit) await form.begin();
  if (location.hash === "#zettel" || !open.kit) go();
  else location.hash = "#zettel";
});
on("locked", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  form.wipe();
  history.replaceState(null, "", "#sperre");
  gate.enter();
});

locking.watch();
await versions.begin();
history.replaceState(null, "", location.hash === "#anmelden" ? "#anmelden" : "#sperre");
await go();
document.body.dataset.ready = "yes";
