// State of the dialog for a person's own picture: the file, the settings, what the model sees, and the search over
// scales, which runs in small pieces so that the page stays smooth.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AutomataTools } from "../../../../domains/automata";
import type { DomainSpec, UserData } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { type DecodedPicture, decodeFile } from "../../../try/decodePicture";
import { bestStart, firstSettings, type OwnSettings, type ScaleRow, type Seen, seenByModel } from "./ownPicture";

export type OwnPicture = {
  readonly picture: DecodedPicture | null;
  readonly problem: string | null;
  readonly isReading: boolean;
  readonly settings: OwnSettings;
  readonly seen: Seen | null;
  readonly scales: readonly ScaleRow[];
  /** Data that came from a text file, ready to use. */
  readonly fromText: { readonly userData: UserData; readonly count: number } | null;
  readonly read: (file: File) => void;
  readonly change: (part: Partial<OwnSettings>) => void;
  readonly reset: () => void;
};

const heights = [24, 32, 48, 64, 96];

/** Reads files and keeps the preview in step with the settings. */
export function useOwnPicture(spec: DomainSpec, tools: AutomataTools, options: OptionValues): OwnPicture {
  const [picture, setPicture] = useState<DecodedPicture | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const [settings, setSettings] = useState<OwnSettings>(() => firstSettings(tools, options));
  const [fromText, setFromText] = useState<OwnPicture["fromText"]>(null);
  const latest = useRef(0);
  const read = useCallback(
    async (file: File) => {
      const ticket = ++latest.current;
      setReading(true);
      setProblem(null);
      const result = await readFile(file, spec, tools, options);
      if (ticket !== latest.current) return;
      setReading(false);
      setPicture(result.picture);
      setFromText(result.fromText);
      setProblem(result.problem);
      setSettings(result.settings);
    },
    [spec, tools, options],
  );
  const seen = useMemo(() => (picture ? seenByModel(tools, picture, settings) : null), [tools, picture, settings]);
  const scales = useScales(tools, picture, settings);
  const reset = useCallback(() => {
    latest.current++;
    setPicture(null);
    setFromText(null);
    setProblem(null);
    setReading(false);
    setSettings(firstSettings(tools, options));
  }, [tools, options]);
  const change = useCallback((part: Partial<OwnSettings>) => setSettings((old) => ({ ...old, ...part })), []);
  return {
    picture,
    problem,
    isReading,
    settings,
    seen,
    scales,
    fromText,
    read: (file) => void read(file),
    change,
    reset,
  };
}

type ReadFile = Pick<OwnPicture, "picture" | "problem" | "settings" | "fromText">;

async function readFile(file: File, spec: DomainSpec, tools: AutomataTools, options: OptionValues): Promise<ReadFile> {
  const settings = firstSettings(tools, options);
  const nothing = { picture: null, problem: null, settings, fromText: null };
  const decoded = await decodeFile(file);
  if (!decoded.ok) return { ...nothing, problem: decoded.message };
  if ("text" in decoded) {
    const result = spec.fromUpload({ kind: "text", ...decoded.text }, options);
    if (result.ok) return { ...nothing, fromText: { userData: result.userData, count: result.numObservations } };
    return { ...nothing, problem: result.problems.map((one) => one.message).join(" ") };
  }
  const { picture } = decoded;
  const first = picture.rgba.subarray(0, 4).join();
  let isFlat = true;
  for (let i = 0; isFlat && i < picture.rgba.length; i += 4) isFlat = picture.rgba.subarray(i, i + 4).join() === first;
  if (isFlat) {
    return { ...nothing, problem: `${picture.name} is all one colour; a picture needs dark and light parts.` };
  }
  const start = await bestStart(tools, picture, settings, pause);
  return { ...nothing, picture, settings: { ...settings, ...start } };
}

/** Other sizes of the grid, best saving first: one height at a time, 300 ms after the last change. */
export function useScales(
  tools: AutomataTools,
  picture: DecodedPicture | null,
  settings: OwnSettings,
): readonly ScaleRow[] {
  const [scales, setScales] = useState<readonly ScaleRow[]>([]);
  const { crop, direction, invert, majorityFilter } = settings;
  // biome-ignore lint/correctness/useExhaustiveDependencies: height and threshold do not change the search
  useEffect(() => {
    if (!picture) {
      setScales([]);
      return;
    }
    let isStale = false;
    const search = async () => {
      await pause(300);
      const rows: ScaleRow[] = [];
      for (const height of heights) {
        if (isStale) return;
        for (const row of tools.searchScales(picture, { ...settings, threshold: null }, [height], [1, 2]))
          rows.push(row);
        await pause();
      }
      if (!isStale) setScales(rows.sort((a, b) => b.savingPerPixel - a.savingPerPixel));
    };
    void search();
    return () => {
      isStale = true;
    };
  }, [tools, picture, crop, direction, invert, majorityFilter]);
  return scales;
}

function pause(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
