import { describe, expect, it } from "vitest";
import { markerPath, numRunSlots, runStyle } from "../../../src/views/palette";

describe("styles of runs", () => {
  it("differ in colour, dash and marker, so that none rests on hue alone", () => {
    const styles = Array.from({ length: numRunSlots }, (_, i) => runStyle(i + 1));
    for (const carrier of ["colour", "dash", "marker"] as const) {
      expect(new Set(styles.map((style) => style[carrier])).size).toBe(numRunSlots);
    }
  });

  it("begin again after the eighth", () => {
    expect(runStyle(9)).toEqual(runStyle(1));
    expect(runStyle(0)).toEqual(runStyle(1));
  });

  it("tell filled markers from outlined ones", () => {
    expect(markerPath("circle", 3).filled).toBe(true);
    expect(markerPath("ring", 3).filled).toBe(false);
    expect(markerPath("circle", 3).d).toBe(markerPath("ring", 3).d);
  });
});
