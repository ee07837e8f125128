// What has to be known above everything else, and how many wait, in the bar.

import { made, part } from "./dom.js";
import { on } from "./hub.js";
import { wrongMinutes } from "./kit.js";
import { isShort, room } from "./room.js";
import { open } from "./session.js";
import { unwritten } from "./shelf.js";
import { waiting } from "./slips.js";
import { transfer } from "./sync.js";
import { count, momentOf, number, say } from "./words.js";

const note = (code, values, template = "note") =>
  made(template, { title: say(`${code}_title`), text: say(`${code}_text`, values) });

function notes() {
  if (!open.key) return [];
  const last = open.last ? momentOf(open.last) : say("never");
  const minutes = wrongMinutes();
  const found = [];
  if (unwritten()) found.push(note("unwritten"));
  if (transfer.state === "login") found.push(note("login"));
  if (transfer.state === "offline") found.push(note("offline", { last }, "note-offline"));
  if (transfer.state === "busy") found.push(note("busy"));
  if (minutes) found.push(note(minutes > 0 ? "fast" : "slow", { minutes: Math.abs(minutes) }));
  if (isShort()) found.push(note("short", { percent: number(Math.round(room.share * 100)) }));
  if (open.kit?.event.closed_at) found.push(note("closed"));
  return found;
}

function draw() {
  const next = notes();
  const told = (nodes) => nodes.map((node) => node.textContent).join("|");
  const box = part("notes");
  if (told(next) !== told([...box.children])) box.replaceChildren(...next);
  if (!open.kit) return;
  part("event").textContent = open.kit.event.name;
  part("stand").textContent = [open.kit.event.stand, open.kit.user.name].filter(Boolean).join(" · ");
  const left = waiting().length;
  const sync = part("sync");
  const isOff = ["offline", "login", "busy"].includes(transfer.state);
  sync.classList.toggle("is-off", isOff);
  sync.classList.toggle("is-done", !left);
  part("sync-count").textContent = left;
  part("sync-word").textContent = left
    ? count("waits", left).replace(/^\d+ /, "")
    : say(isOff ? `bar_${transfer.state}` : "all_sent");
}

for (const name of ["unlocked", "locked", "state", "kit", "slips", "room"]) on(name, draw);
