// The six lessons. The texts are chunks of their own.

import type { Lesson } from "./lessonSchema";

export type LessonEntry = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
};

export const LESSONS: readonly LessonEntry[] = [
  {
    id: "1",
    title: "Programs that explain data",
    summary: "What an observation is, what explains it, and why there can be several explanations.",
    minutes: 9,
  },
  {
    id: "2",
    title: "Two models that teach each other",
    summary: "How the generative and the recognition model learn from one another.",
    minutes: 8,
  },
  {
    id: "3",
    title: "Wake, replay, fantasy, stage by stage",
    summary: "One step of learning in nine stages, then the same at full speed.",
    minutes: 9,
  },
  {
    id: "4",
    title: "Why memory? Particles K and memory M",
    summary: "What a memory buys for the same number of scored programs.",
    minutes: 8,
  },
  {
    id: "5",
    title: "When wake-sleep fails: comparing algorithms",
    summary: "Why reweighted wake-sleep overestimates the noise, and what helps.",
    minutes: 10,
  },
  {
    id: "6",
    title: "Learning to learn: new data after training",
    summary: "What a trained recognition model does with data it has never seen.",
    minutes: 8,
  },
];

const loaders: Readonly<Record<string, () => Promise<Lesson>>> = {
  "1": () => import("./lessons/programs").then((module) => module.lesson),
  "2": () => import("./lessons/teaching").then((module) => module.lesson),
  "3": () => import("./lessons/stages").then((module) => module.lesson),
  "4": () => import("./lessons/memory").then((module) => module.lesson),
  "5": () => import("./lessons/comparing").then((module) => module.lesson),
  "6": () => import("./lessons/newData").then((module) => module.lesson),
};

/** The text of a lesson, or null where there is none. */
export function loadLesson(id: string): Promise<Lesson> | null {
  return loaders[id]?.() ?? null;
}
