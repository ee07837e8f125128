// Reads a QR code from a picture: by the browser if it can, else by the vendored jsQR.

const JSQR = new URL("../../vendor/jsQR.js", import.meta.url).href;
let detector;

async function detectorOrNull() {
  if (detector !== undefined) return detector;
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  detector = formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  return detector;
}

const canvas = document.createElement("canvas");

// The pixels of a picture or of the running video, no side longer than ``longest``.
function pixels(source, longest) {
  const width = source.videoWidth ?? source.width;
  const height = source.videoHeight ?? source.height;
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

// Old cards are written in Windows-1252; jsQR has no text for them, only their bytes.
function textOf(code) {
  if (code.data) return code.data;
  return new TextDecoder("windows-1252").decode(new Uint8Array(code.binaryData));
}

// The text of the code in it, or null. Throws nothing: a blurred picture has no code.
export async function codeIn(source, longest = 900) {
  const found = await (await detectorOrNull())?.detect(source).catch(() => []);
  if (found?.length) return found[0].rawValue;
  if (found) return null;
  if (!globalThis.jsQR) await import(JSQR).catch(() => {}); // not kept yet, and no network
  if (!globalThis.jsQR) return null;
  const { data, width, height } = pixels(source, longest);
  const code = globalThis.jsQR(data, width, height, { inversionAttempts: "attemptBoth" });
  return code && (code.data || code.binaryData.length) ? textOf(code) : null;
}
