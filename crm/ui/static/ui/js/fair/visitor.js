// The visitor's own link: sealed with the key of this device, so that it works without a network,
// carries nothing readable and cannot be forged. Its check code stands on both screens.

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const AAD_LENGTH = 17;

const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toBase64 = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const uuidBytes = (id) =>
  Uint8Array.from(id.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));

function joined(...arrays) {
  const all = new Uint8Array(arrays.reduce((length, each) => length + each.length, 0));
  arrays.reduce((at, each) => (all.set(each, at), at + each.length), 0);
  return all;
}

// ``{token, code}`` for a slip; ``seconds`` is the device's clock. ``nonce`` is for the vectors.
export async function tokenFor(device, id, fields, seconds, nonce) {
  const content = { l: id, t: seconds };
  const names = { n: "name", c: "company_name", e: "email", p: "phone", m: "mobile" };
  for (const [short, name] of Object.entries(names)) {
    if (fields[name]) content[short] = fields[name];
  }
  const head = joined(new Uint8Array([1]), uuidBytes(device.id));
  const iv = nonce ?? crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", fromBase64(device.key), "AES-GCM", false, [
    "encrypt",
  ]);
  const how = { name: "AES-GCM", iv, additionalData: head.slice(0, AAD_LENGTH) };
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, plain));
  const token = toBase64(joined(head, iv, sealed));
  return { token, code: await checkCode(token) };
}

// The first 30 bits of the token's SHA-256 in base32, as XXXX-XX.
export async function checkCode(token) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const number = new DataView(digest).getUint32(0) >>> 2;
  const signs = [25, 20, 15, 10, 5, 0].map((shift) => BASE32[(number >>> shift) & 31]).join("");
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}
