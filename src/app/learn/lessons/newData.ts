// Lesson 6: characters of alphabets that no model here has seen, with and without the parameters of the trained model.
// Sources: MWS specification 1.1, 1.2 (memory, phases), 3.1 to 3.6 (bank, prior, recognition network).
// Numbers: measured with these links and seed 1; those of the seventh step with fifty characters, as its notes say.

import type { Lesson, LessonScene } from "../lessonSchema";

// The networks are the paper's, because the trained model's are. Mutations off: only the two models and the memory speak.
const DATA =
  "v=1&preset=light&size=paper&transforms=8&images=10&particles=10&mutations=0&dataSeed=7&iterations=6&evaluateEvery=6&evaluationSamples=10&evaluationImages=5&obs=2";
type Base = Pick<LessonScene, "domain" | "query" | "controls">;
const FRESH: Base = { domain: "strokes", query: `${DATA}&startFrom=none`, controls: [] };
const TRAINED: Base = { domain: "strokes", query: `${DATA}&startFrom=trained`, controls: [] };

export const lesson: Lesson = {
  id: "6",
  title: "Learning to learn: new data after training",
  summary: "What a trained recognition model does with data it has never seen.",
  steps: [
    {
      title: "Alphabets that nobody has seen",
      minutes: 1,
      explore: true,
      sentence: "Ten characters, one of each of ten new alphabets: the trained model has learned from none of them.",
      text: [
        "With the lab comes a model that has learned from a thousand characters of five real alphabets, among them Greek and Korean. It is stored: the [strokes](term:stroke-bank), how they follow each other, and the network that reads pictures.",
        "Here are ten other characters, *x*, each of another alphabet that the lab has made up. No [memory](term:memory) of them exists, and no model has seen them.",
        "Ten are few. How much of what was learned elsewhere helps with them?",
      ],
      notes:
        "Training: Omniglot, 4 452 steps of 20 characters. These ten: the lab's own generator. So hands and alphabets both differ.",
      scene: { ...FRESH, at: 0, panels: ["pictures"], figures: ["characters", "character"], lit: ["data"] },
      task: { text: "Choose another character.", when: { kind: "selected" } },
    },
    {
      title: "First without training",
      minutes: 1,
      sentence: "Six steps from nothing: faint scratches, and guesses that are as good as chance.",
      text: [
        "For comparison, a run that starts from nothing. Each of six steps looks at all ten characters, proposes five programs for each and keeps the five best so far.",
        "Its [bound](term:bound) stands at about −240 nats a character. The [recognition model](term:recognition-model) proposes at random still: its loss is 47.6 nats a program, where knowing nothing costs 47.8.",
        "The strokes are faint as at the start. Six steps are hardly time to learn anything, and that is the point.",
      ],
      notes: "K = 10: five programs remembered, five proposed. 10 ln 64 + 9 ln 2 = 47.8 nats.",
      scene: {
        ...FRESH,
        at: 6,
        panels: ["pictures"],
        figures: ["character", "bank"],
        curves: ["elbo"],
        lit: ["generative"],
      },
    },
    {
      title: "What the writer brings",
      minutes: 1,
      sentence: "The trained bank holds strokes that real characters needed: dark, and of useful bends.",
      text: [
        "The same ten characters, now from the stored model, before its first step. Look at the [bank](term:stroke-bank): its strokes are dark, and they have the lengths and bends that other characters needed.",
        "That is what the [generative model](term:generative-model), theta, brings to new data. Alphabets differ, but hands draw lines, hooks and arcs everywhere, and a pen goes up between them.",
        "Its prior has learned habits, too: which strokes are common, and how often the pen is up. What it has not got is a single program for these characters.",
      ],
      notes: "Compare with the step before: Previous shows the bank of the run that started from nothing.",
      scene: { ...TRAINED, at: 0, panels: ["pictures"], figures: ["character", "bank"], lit: ["generative"] },
    },
    {
      title: "What the reader brings",
      minutes: 1,
      sentence: "The trained reader has never seen this character, but it has learned to read strokes.",
      text: [
        "The first [wake](term:wake) phase, held where the reader proposes five programs for character 2: {propose}.",
        "The reader, phi, was trained on tens of thousands of remembered programs and dreams. It does not look the character up, there is nothing to look up: it reads pixels and writes strokes, one after the other.",
        "Its loss over these six steps is about 32 nats a program instead of 47.8: it hesitates between some 25 tokens at each place, not between all 128. So finding a good program takes fewer proposals. This is called amortised inference: paid for once, used for everything that follows.",
      ],
      notes:
        "32 nats on ten places are a choice between about 25 of 128 tokens. The first token has no choice of the pen.",
      scene: { ...TRAINED, at: 0, stage: "propose", panels: ["stages"], lit: ["recognition"] },
    },
    {
      title: "A prediction",
      minutes: 1,
      sentence: "After six steps the run from nothing stands at −240 nats. Where will the trained one stand?",
      text: [
        "The run from nothing reached about −240 nats a character in six steps: sixty visits, five proposals each.",
        "The run beside this starts from the trained model and does the same six steps on the same ten characters, with the same dice.",
      ],
      notes: "Takes a few seconds on a laptop. One nat a character is a factor of 2.7 in its probability.",
      scene: { ...TRAINED, at: 0, panels: ["pictures"], figures: ["character"], curves: ["elbo"] },
      predict: {
        question: "Where will its bound stand after six steps?",
        choices: ["lower: it knows other alphabets, not these", "about the same", "higher, by ten nats or more"],
        show: { kind: "run" },
        reveal: "It stands at {0} nats a character, and the loss of its reader is {1} nats a program.",
        measures: [
          { kind: "metric", name: "elbo", digits: 0 },
          { kind: "metric", name: "phiLoss", digits: 0 },
        ],
      },
    },
    {
      title: "What a memory of the new data adds",
      minutes: 1,
      sentence: "The models hardly moved in six steps; the memory filled with programs for these very characters.",
      text: [
        "In our run the bound rose from −267 at the first step to −214 at the sixth. Six small steps hardly move networks and strokes. What grew is the [memory](part:memory): for each character the five best of thirty proposals.",
        "So there are two kinds of knowing. What holds for all characters is in the parameters, and comes along to new data. What holds for this one character is in its memory, and is made anew.",
        "Replay then carries some of it from the second into the first: with more steps the strokes would bend to the new alphabets.",
      ],
      notes: "Seed 1. The run from nothing went from −260 to −240 in the same six steps.",
      scene: {
        ...TRAINED,
        at: 6,
        panels: ["pictures", "memory"],
        figures: ["character", "bank"],
        curves: ["elbo"],
        lit: ["memory"],
      },
    },
    {
      title: "Where training does not help",
      minutes: 1,
      sentence: "Who draws with dark ink must hit: a sure model pays more for a wrong guess.",
      text: [
        "The trained reader alone is not enough. Let it draw ten programs for held-out characters, without memory and search, and they explain them worse than those of the run from nothing: a faint scratch in the wrong place costs little, a dark stroke much.",
        "Its first guesses are rarely right. They are near, and good programs are then found by trying what is near: by more proposals, by small changes, with a memory that keeps the best.",
        "The model is small and was trained for half an hour. A better one would need less search, and none would need no search at all.",
      ],
      notes:
        "After 40 steps on fifty characters, K = 6: 0.43 bits a pixel trained, 0.39 untrained (5 held-out characters, 10 samples each, seed 1), while the memory bound was −231 and −247 nats.",
      scene: { ...TRAINED, at: 3, panels: ["pictures", "memory"], figures: ["character"], lit: ["memory"] },
    },
    {
      title: "A character of your own",
      minutes: 1,
      explore: true,
      sentence: "Draw one: the trained model proposes, a search goes on from there.",
      text: [
        "No character is newer than one that you invent. [Draw it](#/try/strokes): the trained model proposes programs at once, and a search makes them better while you watch.",
        "Then switch to the untrained model and ask again: strokes that never learned a bend cannot write it, however long the search goes on.",
        "Or press Play here and see the first steps of the trained run once more.",
      ],
      notes: "Good for groups: one invents a sign, the others guess which strokes the lab will use.",
      links: [{ text: "Try your own character", href: "#/try/strokes" }],
      scene: {
        ...TRAINED,
        at: 0,
        panels: ["pictures"],
        figures: ["character", "bank"],
        curves: ["elbo"],
        controls: ["play", "reset"],
      },
      task: { text: "Press Play.", when: { kind: "played" } },
    },
  ],
};
