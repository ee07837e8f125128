// The transfer as one sees it: what waits, what failed and why, what has gone.

import { ask, part, show } from "./dom.js";
import { on } from "./hub.js";
import { row } from "./lines.js";
import { lock } from "./locking.js";
import { forget } from "./profiles.js";
import { measure, sentence } from "./room.js";
import { open } from "./session.js";
import { all, waiting } from "./slips.js";
import { syncNow, transfer } from "./sync.js";
import { count, dateOf, momentOf, say } from "./words.js";

const waits = (left) => (left ? count("waits", left) : say("waits_none"));

export function enter() {
  measure();
  show("outbox");
  draw();
}

function draw() {
  if (document.body.dataset.view !== "outbox" || !open.kit) return;
  if (part("waiting").contains(document.activeElement?.closest(".hh-conflict"))) return;
  const left = waiting();
  const sent = all().filter((slip) => slip.state === "sent");
  part("outbox-state").textContent = `${waits(left.length)}. ${say(`now_${transfer.state}`)}`;
  part("outbox-last").textContent = open.last ? momentOf(open.last) : say("never");
  part("outbox-room").textContent = sentence();
  part("outbox-expires").textContent = dateOf(open.device.expires_at);
  part("licence").textContent = open.kit.badge_licence;
  part("waiting").replaceChildren(...left.map(row));
  part("sent").replaceChildren(...sent.reverse().map(row));
  part("waiting-box").hidden = !left.length;
  part("sent-box").hidden = !sent.length;
}

async function leave() {
  const left = waiting().length;
  if (!(await ask(left ? "forget_waiting" : "forget", { number: left }))) return;
  const { profile } = open;
  await lock();
  await forget(profile);
  location.reload();
}

for (const name of ["state", "slips", "kit", "room"]) on(name, draw);
on("locked", () => ["waiting", "sent"].forEach((name) => part(name).replaceChildren()));
part("send-now").addEventListener("click", syncNow);
part("forget").addEventListener("click", leave);
part("lock-now").addEventListener("click", lock);
