// A text as a QR code in SVG, drawn by the vendored generator.

import { qrcode } from "../../vendor/qrcode.mjs";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

const element = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

export function drawn(text, label) {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * QUIET;
  const steps = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) steps.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  const svg = element("svg", {
    class: "qr",
    viewBox: `0 0 ${size} ${size}`,
    role: "img",
    "aria-label": label,
    "shape-rendering": "crispEdges",
  });
  svg.append(
    element("rect", { class: "qr-bg", width: size, height: size }),
    element("path", { class: "qr-fg", d: steps.join("") }),
  );
  return svg;
}
