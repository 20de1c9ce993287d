// Where a person is in the lessons: kept on this device only. Predictions are remembered, never scored.

import { create } from "zustand";

export type SceneState = "preparing" | "ready" | "failed";

type Learn = {
  /** Lesson id to step, 1-based: where the person left it. */
  readonly places: Readonly<Record<string, number>>;
  /** "3/4" to the position of the chosen answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly notes: boolean;
  /** Not kept: the step on show. */
  readonly scene: SceneState;
  /** Steps done of steps to do while a scene is prepared; null below a second. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  readonly isRevealed: boolean;
  readonly isDone: boolean;
};

const KEY = "wake-sleep-lab:lessons";
type Kept = Pick<Learn, "places" | "answers" | "notes">;

export const useLearn = create<Learn>()(() => ({
  ...load(),
  scene: "preparing",
  progress: null,
  isRevealed: false,
  isDone: false,
}));

/** The person is at this step now. */
export function keepPlace(lesson: string, step: number): void {
  useLearn.setState(({ places }) => ({ places: { ...places, [lesson]: step } }));
  save();
}

export function keepAnswer(lesson: string, step: number, choice: number): void {
  useLearn.setState(({ answers }) => ({ answers: { ...answers, [`${lesson}/${step}`]: choice } }));
  save();
}

export function toggleNotes(): void {
  useLearn.setState(({ notes }) => ({ notes: !notes }));
  save();
}

function save(): void {
  const { places, answers, notes } = useLearn.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ places, answers, notes }));
  } catch (error) {
    // Storage may be blocked; places and answers then last as long as the page.
    console.info("Lesson places are not kept:", error);
  }
}

function load(): Kept {
  try {
    // JSON of unknown shape: numbersOf checks each field.
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Record<string, unknown>>;
    return {
      places: numbersOf(saved["places"]),
      answers: numbersOf(saved["answers"]),
      notes: saved["notes"] === true,
    };
  } catch (error) {
    console.info("Lesson places could not be read:", error);
    return { places: {}, answers: {}, notes: false };
  }
}

function numbersOf(given: unknown): Readonly<Record<string, number>> {
  if (typeof given !== "object" || given === null) return {};
  const whole = Object.entries(given).filter(([, value]) => Number.isInteger(value));
  return Object.fromEntries(whole) as Record<string, number>;
}
