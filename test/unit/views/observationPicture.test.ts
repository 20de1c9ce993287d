// Small pictures of one observation: what is drawn, and that other records leave the space empty.

import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { automata } from "../../../src/domains/automata";
import { clusters } from "../../../src/domains/clusters";
import { views as automataViews } from "../../../src/views/domains/automata/index";
import { rowsOf } from "../../../src/views/domains/automata/ObservationPicture";
import { views as clusterViews } from "../../../src/views/domains/clusters/index";
import { placeIn, pointsOf } from "../../../src/views/domains/clusters/ObservationPicture";

const options = {};

describe("a small picture of cells", () => {
  const observation = { rows: ["010", "110"], boundary: "wrap", height: 2, width: 3 };
  const draw = (size: number, shown: unknown = observation) =>
    renderToStaticMarkup(
      createElement(automataViews.ObservationPicture, {
        spec: automata,
        options,
        observation: shown,
        label: "dream 3",
        size,
      }),
    );

  it("is enlarged by a whole number and named", () => {
    expect(draw(64)).toMatch(/role="img" aria-label="dream 3" width="3" height="2" style="width:63px;height:42px"/);
    expect(draw(2)).toContain("width:3px;height:2px");
  });

  it("is empty for records of another shape", () => {
    expect(rowsOf(observation)).toEqual(["010", "110"]);
    for (const other of [null, 3, {}, { rows: "01" }, { rows: ["01", "0"] }, { rows: ["0x"] }])
      expect(rowsOf(other)).toEqual([]);
    expect(draw(64, null)).toContain("width:64px");
  });
});

describe("a small picture of points", () => {
  const observation = [0, 1, 2, 3, 4, 5, 6].map((i) => [i, -i]);

  it("holds every point inside the frame, on one scale, y upwards", () => {
    const points = pointsOf(observation);
    const place = placeIn(points, 60);
    expect(place([0, 0])).toEqual([8, 8]);
    expect(place([6, -6])).toEqual([52, 52]);
    expect(place([3, -3])).toEqual([30, 30]);
    const close = placeIn(
      [
        [0, 0],
        [0.5, 0],
      ],
      60,
    );
    expect(close([0.5, 0])[0] - close([0, 0])[0]).toBeCloseTo(11, 1);
  });

  it("draws one mark a point, none for records of another shape", () => {
    const draw = (shown: unknown) =>
      renderToStaticMarkup(
        createElement(clusterViews.ObservationPicture, {
          spec: clusters,
          options,
          observation: shown,
          label: "dream 1",
          size: 60,
        }),
      );
    expect(draw(observation).match(/<circle/g)).toHaveLength(7);
    for (const other of [null, "x", [[1]], [[1, "2"]], [1, 2]]) expect(draw(other)).not.toContain("<circle");
  });
});
