// What a lesson file may say. The schema itself runs only in checks (checkLesson.ts); pages take its types.

import { z } from "zod";

export const STAGES = [
  "look",
  "propose",
  "score",
  "remember",
  "recall",
  "learnTheta",
  "learnPhi",
  "dream",
  "learnFromDream",
] as const;

/** What can stand beside the text; each is a component of lessonPanels.tsx. */
export const PANELS = ["pictures", "memory", "side", "stages", "lens"] as const;

/** What a person may operate in a scene, beside the pictures themselves. */
export const CONTROLS = ["play", "step", "phase", "stage", "slow", "reset"] as const;

const count = z.number().int().min(0);

/** Everything that decides what stands beside the text: entering a step sets exactly this. */
const scene = z.strictObject({
  domain: z.string(),
  /** The workbench's link after "?": preset, options, seed, observation, runs beside the first. */
  query: z.string(),
  /** Steps that the run has done. */
  at: count,
  /** The stage of the next step at which the run is held. */
  stage: z.enum(STAGES).optional(),
  /** Position of the run whose pictures are on view; left out: the first. */
  view: count.optional(),
  panels: z.array(z.enum(PANELS)),
  /** Names of the domain's figures to show; left out: all. */
  figures: z.array(z.string()).optional(),
  /** Names of learning curves. */
  curves: z.array(z.string()).optional(),
  /** Parts that are marked from the start. */
  lit: z.array(z.string()).optional(),
  controls: z.array(z.enum(CONTROLS)),
});

/** Something to do, and how the page notices. */
const task = z.strictObject({
  text: z.string(),
  when: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("played") }),
    z.strictObject({ kind: z.literal("steps"), by: count }),
    z.strictObject({ kind: z.literal("selected") }),
    z.strictObject({ kind: z.literal("program") }),
    z.strictObject({ kind: z.literal("stage"), name: z.enum(STAGES) }),
    z.strictObject({ kind: z.literal("phase"), name: z.enum(["wake", "replay", "fantasy"]) }),
    /** A button inside this figure was pressed. */
    z.strictObject({ kind: z.literal("pressed"), figure: z.string() }),
    /** The rule in the explorer disagrees with at most so many cells. */
    z.strictObject({ kind: z.literal("explained"), figure: z.string(), atMost: count }),
  ]),
});

/** A number of the run for a reveal's sentence. */
const measure = z.discriminatedUnion("kind", [
  /** How many proposals of the held step have one of these fates. */
  z.strictObject({ kind: z.literal("fates"), of: z.array(z.enum(["newBest", "accepted", "duplicate", "tooLow"])) }),
  /** The latest value of a metric of the run at this position, times `times`. */
  z.strictObject({
    kind: z.literal("metric"),
    name: z.string(),
    run: count.optional(),
    times: z.number().optional(),
    digits: count,
  }),
]);

/** A question before the reveal. Nothing is scored. */
const prediction = z.strictObject({
  question: z.string(),
  choices: z.array(z.string()).min(2).max(5),
  show: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("stage"), name: z.enum(STAGES) }),
    /** Plays to the step at which the scene's run ends. */
    z.strictObject({ kind: z.literal("run") }),
  ]),
  /** "{0}" stands for the first measure. */
  reveal: z.string(),
  measures: z.array(measure),
});

const step = z.strictObject({
  title: z.string(),
  minutes: z.number().positive(),
  /** Paragraphs; lessonText.ts says how words are linked. "formula:joint" alone is an equation. */
  text: z.array(z.string()).min(1),
  /** The one sentence of presenter mode. */
  sentence: z.string(),
  notes: z.string(),
  scene,
  task: task.optional(),
  predict: prediction.optional(),
  /** A way on from here: the workbench with the same run, or another page. */
  links: z.array(z.strictObject({ text: z.string(), href: z.string() })).optional(),
  /** Where the person explores: at least one step of a lesson. */
  explore: z.boolean().optional(),
});

export const lessonSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  steps: z.array(step).min(6).max(12),
});

export type Lesson = z.infer<typeof lessonSchema>;
export type LessonStep = Lesson["steps"][number];
export type LessonScene = LessonStep["scene"];
export type Prediction = NonNullable<LessonStep["predict"]>;
export type LessonTask = NonNullable<LessonStep["task"]>;
export type PanelName = LessonScene["panels"][number];
export type ControlName = LessonScene["controls"][number];
