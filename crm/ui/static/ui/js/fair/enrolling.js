// Lets the server know the device, and begins or goes on with what is stored for the person.

import { askAsUser, kitFor } from "./api.js";
import { toast } from "./dom.js";
import { opened } from "./gate.js";
import { skewOf } from "./kit.js";
import { create, isGoodPin } from "./profiles.js";
import { begin, keepState, open } from "./session.js";
import { syncNow } from "./sync.js";
import { say } from "./words.js";

const refuse = (code, values) => {
  throw new Error(say(code, values));
};

// With a PIN for somebody new; without for who is unlocked. Throws an Error with what to say.
export async function enrol({ event, name, pin, again }, csrf) {
  const isNew = !open.key;
  if (isNew && !isGoodPin(pin)) refuse("pin_weak");
  if (isNew && pin !== again) refuse("pin_differs");
  if (!isNew && open.kit && event !== open.kit.event.id) {
    refuse("register_event", { event: open.kit.event.name });
  }
  const device = await askAsUser("POST", "devices/", { event, name }, csrf);
  const kit = await kitFor(device.secret);
  if (!isNew && open.kit && kit.user.id !== open.kit.user.id) {
    refuse("register_other", { user: open.kit.user.name });
  }
  const kept = { device: { ...device, skew: skewOf(kit, Date.now()) }, kit, kitAt: Date.now() };
  await (isNew ? start(pin, kept) : renew(kept));
}

async function start(pin, kept) {
  const { user, event } = kept.kit;
  const { id, key } = await create(pin, `${user.name} · ${event.name}`);
  await begin(id, key);
  await keepState(kept);
  await opened(id, key);
}

async function renew(kept) {
  await keepState(kept);
  toast("renewed");
  location.hash = "#uebertragung";
  await syncNow();
}
