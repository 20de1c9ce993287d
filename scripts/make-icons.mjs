// Draws the icons of the installed app from the lab's mark: a circle, awake above, asleep below.
// Usage: node scripts/make-icons.mjs; writes public/icons/*.png

import { mkdirSync, writeFileSync } from "node:fs";
import { PNG } from "pngjs";

const PAPER = [251, 250, 248];
const INK = [27, 29, 33];
/** Samples a pixel has in each direction: edges are smooth. */
const FINE = 4;

/** Share of the mark at a point, x and y from -1 to 1; `radius` of the circle's outer edge. */
function isInk(x, y, radius) {
  const distance = Math.hypot(x, y);
  const line = radius * 0.18;
  return distance <= radius && (distance >= radius - line || y >= 0);
}

function draw(size, radius) {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at += 1) {
    let ink = 0;
    for (let sub = 0; sub < FINE * FINE; sub += 1) {
      const x = ((at % size) + ((sub % FINE) + 0.5) / FINE) / (size / 2) - 1;
      const y = (Math.floor(at / size) + (Math.floor(sub / FINE) + 0.5) / FINE) / (size / 2) - 1;
      if (isInk(x, y, radius)) ink += 1 / (FINE * FINE);
    }
    const colour = PAPER.map((paper, channel) => Math.round(paper + (INK[channel] - paper) * ink));
    png.data.set([...colour, 255], at * 4);
  }
  return PNG.sync.write(png, { colorType: 2 });
}

mkdirSync("public/icons", { recursive: true });
for (const [name, size, radius] of [
  ["icon-192", 192, 0.82],
  ["icon-512", 512, 0.82],
  // Launchers may cut 20 % off every side of a maskable icon.
  ["maskable-512", 512, 0.58],
  ["touch-180", 180, 0.7],
]) {
  writeFileSync(`public/icons/${name}.png`, draw(size, radius));
}
