// Series to try at once, made here by formulas with a fixed seed: no data of others.

import { Rng } from "../../../engine/rng/rng";

export type Example = { readonly title: string; readonly name: string; readonly text: string };

const TURN = 2 * Math.PI;

/** Tables as a person would bring them: months with a heading, hours, gaps, and noise alone. */
export function examples(): readonly Example[] {
  const noise = (stream: string) => {
    const rng = new Rng(4).fork(stream);
    return (i: number) => rng.fork(i).normal();
  };
  const [visits, tide, level, dice] = [noise("visits"), noise("tide"), noise("level"), noise("dice")];
  const months = rows(168, (i) => {
    const rhythm = 9 * Math.sin((TURN * (i - 4)) / 12) + 3 * Math.sin((TURN * i) / 6);
    return [monthText(i), (64 + 7 * Math.sin(i / 30) + rhythm + 1.5 * visits(i)).toFixed(1)];
  });
  const hours = rows(256, (i) => {
    const height = 1.9 * Math.cos((TURN * i) / 12.42) + 0.5 * Math.cos((TURN * i) / 24.8);
    return [hourText(i), (4 + height + 0.08 * tide(i)).toFixed(2)];
  });
  const gaps = rows(180, (i) => {
    const isGap = (i > 40 && i < 47) || i % 31 === 7;
    return [
      String(i),
      isGap ? "NA" : (12 + 3 * Math.sin(i / 22) + 1.4 * Math.cos(i / 13) + 0.12 * level(i)).toFixed(2),
    ];
  });
  return [
    { title: "Visitors by month", name: "visitors.csv", text: table(["month", "visitors"], months) },
    { title: "A tide by the hour", name: "tide.csv", text: table(["time", "height"], hours) },
    { title: "A slow level with gaps", name: "level.csv", text: table(["day", "level"], gaps) },
    {
      title: "Nothing but noise",
      name: "noise.csv",
      text: table(
        ["value"],
        rows(160, (i) => [dice(i).toFixed(3)]),
      ),
    },
  ];
}

function rows(count: number, row: (index: number) => readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, i) => row(i));
}

function table(heading: readonly string[], lines: readonly (readonly string[])[]): string {
  return [heading, ...lines].map((line) => line.join(",")).join("\n");
}

function monthText(index: number): string {
  return `${2010 + Math.floor(index / 12)}-${String(1 + (index % 12)).padStart(2, "0")}`;
}

function hourText(index: number): string {
  return new Date(Date.UTC(2024, 2, 1, index)).toISOString().slice(0, 16);
}
