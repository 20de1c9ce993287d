// A word for a colour: "red", "dark green", "pale blue", "grey".

/** Upper limits of hue, degrees, and what lies below them. */
const HUES: readonly (readonly [number, string])[] = [
  [15, "red"],
  [42, "orange"],
  [68, "yellow"],
  [165, "green"],
  [195, "turquoise"],
  [262, "blue"],
  [292, "purple"],
  [342, "pink"],
  [361, "red"],
];

/** @param color [3] red, green, blue in 0 to 1, before any light falls on it */
export function colorWord(color: ArrayLike<number>): string {
  const [red, green, blue] = [color[0]!, color[1]!, color[2]!];
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (most < 0.15) return "black";
  const saturation = range / most;
  if (saturation < 0.15) return most > 0.9 ? "white" : "grey";
  const hue = HUES.find(([limit]) => hueOf(red, green, blue) < limit)![1];
  if (most < 0.5) return hue === "orange" ? "brown" : `dark ${hue}`;
  return saturation < 0.45 ? `pale ${hue}` : hue;
}

/** 0 to 360; red is 0. */
function hueOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (most === red) return (60 * ((green - blue) / range) + 360) % 360;
  return most === green ? 60 * ((blue - red) / range) + 120 : 60 * ((red - green) / range) + 240;
}
