// Who is calling: a card in the corner as soon as the own telephone rings. One tab listens and tells
// the others; a tab remembers how far it has read, so that a page that opens misses nothing.

const region = document.getElementById("call");
const { base, stream } = region.dataset;
const channel = new BroadcastChannel("calls");
const READ = "calls-read";
const OFF = "calls-off";
const AGAIN = 60_000;
const LEAVES = 8_000;
let closed = "";

const shown = () => region.querySelector("[data-call]");

function leave() {
  closed = shown()?.dataset.call ?? closed;
  const had = region.contains(document.activeElement);
  region.replaceChildren();
  if (had) document.getElementById("inhalt")?.focus();
}

const isBusy = () =>
  Boolean(document.activeElement?.matches("input, textarea, select, [contenteditable]")) ||
  Boolean(document.querySelector("dialog:modal"));

async function show({ call, state }) {
  const is = shown()?.dataset.call === call;
  if (call === closed || (state === "ENDED" && !is)) return;
  const answer = await fetch(`${base}${call}/`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const had = region.contains(document.activeElement);
  region.innerHTML = await answer.text();
  const card = shown();
  const link = card?.querySelector("[data-open]");
  const rings = card?.dataset.state === "RINGING";
  const isSeen = document.visibilityState === "visible";
  if (rings && isSeen && link && "atOnce" in card.dataset) location.assign(link.href);
  else if ((rings && !isBusy()) || had) link?.focus({ preventScroll: true });
  if (card?.dataset.state === "ENDED") setTimeout(() => shown() === card && leave(), LEAVES);
}

function take({ told, read }) {
  sessionStorage.setItem(READ, read);
  if (told) show(told);
}

function tell(told, read) {
  channel.postMessage({ told, read });
  take({ told, read });
}

function listen() {
  const source = new EventSource(`${stream}?nach=${sessionStorage.getItem(READ) ?? ""}`);
  source.addEventListener("call", (event) => tell(JSON.parse(event.data), event.lastEventId));
  source.addEventListener("place", (event) => tell(null, event.lastEventId));
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    const until = Date.now() + AGAIN;
    setTimeout(() => sessionStorage.setItem(OFF, until), 500); // not while the page is being left
    setTimeout(listen, AGAIN);
  });
}

channel.addEventListener("message", (event) => take(event.data));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown() && !document.querySelector("dialog:modal")) leave();
});
region.addEventListener("click", (event) => event.target.closest("[data-call-close]") && leave());

const wait = Math.max(0, Number(sessionStorage.getItem(OFF) ?? 0) - Date.now());
const begin = () => new Promise(() => setTimeout(listen, wait)); // the lock is kept with the tab
if (navigator.locks) navigator.locks.request("calls", begin);
else begin();
