import { describe, expect, it } from "vitest";
import {
  clockText,
  countText,
  fixedText,
  natsText,
  percentText,
  shortText,
  tickText,
  valueText,
  weightText,
} from "../../../src/views/numberText";

describe("numbers as people read them", () => {
  it.each([
    [countText(1500), "1\u2009500"],
    [countText(1234567), "1\u2009234\u2009567"],
    [countText(999), "999"],
    [countText(-1500), "\u22121\u2009500"],
    [countText(Number.NaN), "not known"],
    [fixedText(-0.04, 1), "0.0"],
    [fixedText(Number.NEGATIVE_INFINITY, 1), "\u2212∞"],
    [natsText(-105.14), "\u2212105.1"],
    [weightText(0.714), "0.71"],
    [weightText(0.0049), "<\u00a00.01"],
    [weightText(0), "0.00"],
    [weightText(1), "1.00"],
    [valueText(0.031), "0.031"],
    [valueText(0.168), "0.168"],
    [valueText(12.163), "12.16"],
    [valueText(-105.14), "\u2212105.1"],
    [valueText(0.00002), "2.0e\u22125"],
    [shortText(0.02), "0.02"],
    [shortText(10.0934), "10.09"],
    [shortText(1e-6), "1e\u22126"],
    [tickText(-300, 100), "\u2212300"],
    [tickText(0.5, 0.25), "0.50"],
    [tickText(2.5, 2.5), "2.5"],
    [percentText(0.861), "86\u00a0%"],
    [clockText(65.4), "1:05"],
  ])("%s", (text, expected) => {
    expect(text).toBe(expected);
  });

  it("never writes the ASCII minus", () => {
    for (const value of [-1, -0.5, -1e-6, -1e9, -12.5]) {
      expect([countText(value), fixedText(value, 2), valueText(value), shortText(value)].join()).not.toContain("-");
    }
  });
});
