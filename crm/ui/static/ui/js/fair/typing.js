// While a slip is being typed this tab holds a lock; a new version of the app waits for it.

const NAME = "einklang-messe-typing";
let release;

export function hold(on) {
  if (on === Boolean(release)) return;
  if (!on) {
    release();
    release = undefined;
    return;
  }
  const held = new Promise((done) => (release = done));
  navigator.locks.request(NAME, { mode: "shared" }, () => held);
}

// Runs ``work`` if no tab is typing.
export const ifNobodyTypes = (work) =>
  navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && work());
