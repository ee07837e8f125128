// The keys. Each person has a random data key; it lies here wrapped by a key that needs both the
// PIN (PBKDF2) and the device's own key, which no script can read out. See docs/adr/0081.

import { once } from "./database.js";

export const ROUNDS = 600_000;
const AES = { name: "AES-GCM", length: 256 };
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (text) => new TextEncoder().encode(text);

const deviceKey = () =>
  once("keys", "device", () =>
    crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),
  );
// For the names of the people on the lock screen: readable without a PIN, but not from the disk.
const labelKey = () =>
  once("keys", "labels", () => crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]));

async function wrapping(pin, salt, rounds) {
  const material = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, [
    "deriveBits",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  const stretched = await crypto.subtle.deriveBits(how, material, 256);
  const bound = await crypto.subtle.sign("HMAC", await deviceKey(), stretched);
  return crypto.subtle.importKey("raw", bound, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

// A new data key, wrapped for the PIN: what to keep.
export async function newLock(pin) {
  const salt = random(16);
  const iv = random(12);
  const key = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const outer = await wrapping(pin, salt, ROUNDS);
  const wrapped = await crypto.subtle.wrapKey("raw", key, outer, { name: "AES-GCM", iv });
  return { salt, iv, rounds: ROUNDS, wrapped };
}

// The data key, or null if the PIN is wrong.
export async function openLock(pin, lock) {
  const outer = await wrapping(pin, lock.salt, lock.rounds);
  const how = { name: "AES-GCM", iv: lock.iv };
  try {
    const uses = ["encrypt", "decrypt"];
    return await crypto.subtle.unwrapKey("raw", lock.wrapped, outer, how, "AES-GCM", false, uses);
  } catch (error) {
    if (error.name === "OperationError") return null;
    throw error;
  }
}

// ``place`` binds what is sealed to where it lies: it opens nowhere else.
export async function sealBytes(key, content, place) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: bytes(place) };
  return { iv, data: await crypto.subtle.encrypt(how, key, content) };
}
export const openBytes = (key, sealed, place) =>
  crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.iv, additionalData: bytes(place) },
    key,
    sealed.data,
  );
export const seal = (key, value, place) => sealBytes(key, bytes(JSON.stringify(value)), place);
export const unseal = async (key, sealed, place) =>
  JSON.parse(new TextDecoder().decode(await openBytes(key, sealed, place)));
export const sealLabel = async (label, place) => seal(await labelKey(), label, place);
export const unsealLabel = async (sealed, place) => unseal(await labelKey(), sealed, place);
