// What happens is told here, so that parts need not know one another.
// unlocked, locked, slips (stored ones changed), state (of the transfer), kit, room (of the disk)

const hub = new EventTarget();

export const tell = (name, detail) => hub.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (name, work) => hub.addEventListener(name, (event) => work(event.detail));
