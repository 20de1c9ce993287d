import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { captionOf } from "../../../src/views/frame/copyFigure";
import { tableSvg } from "../../../src/views/frame/drawingSvg";
import type { FigureContent } from "../../../src/views/frame/exportFigure";
import { crc32, pngWithText } from "../../../src/views/frame/pngText";

const content: FigureContent = {
  name: "memory",
  title: "Memory of picture 1",
  unit: "2 rules",
  sentence: "Memory of picture 1, 2 rules. Rule 110 leads.",
  provenance: ["Wake-Sleep Lab 1.2.3, data: live, hash 00ff"],
  table: () => ({
    columns: ["program", "weight"],
    rows: [
      ["rule 110", 0.91],
      ["a < b & c", -2e-7],
    ],
  }),
  drawing: null,
  isTable: true,
};

describe("text in a PNG", () => {
  it("stands in chunks with a right checksum, and the picture stays readable", async () => {
    const png = PNG.sync.write(new PNG({ width: 3, height: 2 }));
    const blob = await pngWithText(new Blob([new Uint8Array(png)]), { Comment: "K = 6 \u2212 1" });
    const bytes = Buffer.from(await blob.arrayBuffer());
    // pngjs checks every chunk's checksum.
    expect(PNG.sync.read(bytes, { checkCRC: true } as Parameters<typeof PNG.sync.read>[1]).width).toBe(3);
    expect(bytes.toString("latin1")).toContain("tEXtComment\0K = 6 - 1");
  });

  it("has the checksum of the specification's example", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });
});

describe("a table as SVG", () => {
  it("sets every cell as text, escaped, with real minus signs and the provenance", () => {
    const { text } = tableSvg(content);
    expect(text).toContain(">rule 110</text>");
    expect(text).toContain(">a &lt; b &amp; c</text>");
    expect(text).toContain("\u22122.0e\u22127");
    expect(text).toContain("<metadata>Wake-Sleep Lab 1.2.3, data: live, hash 00ff</metadata>");
  });
});

describe("a caption", () => {
  it("says title and unit once, then what is seen, where from, when, and whom to cite", () => {
    const caption = captionOf(content, "2026-11-21");
    expect(caption.match(/Memory of picture 1, 2 rules\./g)).toHaveLength(1);
    expect(caption).toMatch(/Rule 110 leads\. Wake-Sleep Lab 1\.2\.3.* 2026-11-21\. Method: .*Hewitt/);
  });
});
