// The service worker: serves the page and its files from a cache that belongs to one version.
// KEPT (version, page, home, files) comes from the view that serves this script.

const { version, page, home, files } = self.KEPT;
const PREFIX = "einklang-messe-";
const CACHE = PREFIX + version;
const fresh = (address) => new Request(address, { cache: "reload" });

async function fill() {
  const cache = await caches.open(CACHE);
  const shell = await fetch(fresh(page));
  if (!shell.ok || shell.redirected) throw new Error(`${page}: ${shell.status}`);
  await cache.addAll(files.map(fresh));
  await cache.put(home, shell);
}

async function clean() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request, key) {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clean()));

// Only the page itself and its files: the API, the visitor's page and all else go to the network.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === home) event.respondWith(answer(request, home));
  } else if (files.includes(pathname)) {
    event.respondWith(answer(request, pathname));
  }
});

self.addEventListener("message", ({ data, source }) => {
  if (data === "take over") self.skipWaiting();
  if (data === "version") source.postMessage({ version });
});
