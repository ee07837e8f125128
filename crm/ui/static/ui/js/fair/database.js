// IndexedDB: device keys, people with their locked data keys, sealed records, sealed files.
// Nothing in here is readable: everything that says something is sealed by vault.js.

const NAME = "einklang-messe";
// One step for each version of the schema; steps are only ever added, data stays.
const STEPS = [
  (db) => {
    db.createObjectStore("keys");
    db.createObjectStore("profiles", { keyPath: "id" });
    db.createObjectStore("records", { keyPath: "id" }).createIndex("profile", "profile");
    const files = db.createObjectStore("files", { keyPath: "id" });
    files.createIndex("record", "record");
    files.createIndex("profile", "profile");
  },
];
export const SCHEMA = STEPS.length;
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, SCHEMA);
    request.onupgradeneeded = (event) => {
      for (const step of STEPS.slice(event.oldVersion)) step(request.result, request.transaction);
    };
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => (opened = undefined);
      done(request.result);
    };
  });
  return opened;
}

// Runs ``work`` on the store in a transaction of its own; resolves once it is written for good.
async function run(store, mode, work) {
  const db = await open();
  return new Promise((done, fail) => {
    const transaction = db.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = () => fail(transaction.error ?? request?.error);
  });
}

export const get = (store, key) => run(store, "readonly", (all) => all.get(key));
export const list = (store, index, value) =>
  run(store, "readonly", (all) => (index ? all.index(index).getAll(value) : all.getAll()));
export const put = (store, value, key) => run(store, "readwrite", (all) => all.put(value, key));
export const remove = (store, key) => run(store, "readwrite", (all) => all.delete(key));

// Removes all rows of a store that an index names.
export const removeOf = (store, index, value) =>
  run(store, "readwrite", (all) => {
    const cursor = all.index(index).openKeyCursor(value);
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      all.delete(cursor.result.primaryKey);
      cursor.result.continue();
    };
  });

// The value under the key; made and kept if there is none. Two tabs get the same one.
export async function once(store, key, make) {
  const known = await get(store, key);
  if (known) return known;
  const fresh = await make();
  await run(store, "readwrite", (all) => {
    all.getKey(key).onsuccess = (event) => event.target.result ?? all.put(fresh, key);
  });
  return get(store, key);
}
