// Lesson 2: the generative and the recognition model, and how each learns from the other, on fifty handwritten characters.
// Sources: MWS specification 1.1, 1.2 (the phases), 3.1 to 3.5 (programs, bank, likelihood, networks).
// Numbers: measured with these links, seeds 1 and 2.

import type { Lesson, LessonScene } from "../lessonSchema";

// Mutations off: only the two models speak.
const DATA =
  "v=1&preset=light&mutations=0&dataSeed=7&iterations=150&evaluateEvery=50&evaluationSamples=10&evaluationImages=5&obs=2";
const BASE: Pick<LessonScene, "domain" | "query" | "controls"> = { domain: "strokes", query: DATA, controls: [] };

export const lesson: Lesson = {
  id: "2",
  title: "Two models that teach each other",
  summary: "How the generative and the recognition model learn from one another.",
  steps: [
    {
      title: "Characters somebody wrote",
      minutes: 1,
      explore: true,
      sentence: "An observation is a character of 28 by 28 pixels; nobody says how it was written.",
      text: [
        "Here are fifty characters of made-up alphabets. Each is one [observation](term:observation), *x*: pixels of ink and paper, nothing else.",
        "Whoever wrote them moved a pen: some strokes, in some order, with the pen up in between. The pictures do not say so. The lab wants to find such a [program](term:program), *z*, for each of them.",
        "Look at a few. You probably see at once how you would write them yourself.",
      ],
      notes:
        "Characters come from the lab's own generator; each alphabet shares a few strokes, each writer has a hand.",
      scene: { ...BASE, at: 0, panels: ["pictures"], figures: ["characters", "character"], lit: ["data"] },
      task: { text: "Choose another character.", when: { kind: "selected" } },
    },
    {
      title: "A model that writes",
      minutes: 1,
      sentence: "The generative model writes: ten strokes of a bank, each with the pen down or up.",
      text: [
        "The first of the two models writes. It owns a [bank](term:stroke-bank) of 64 pen strokes, and a program says in ten words which of them come one after the other, and when the [pen is up](term:pen). Printed: (17) 3 22 (5), brackets for moves.",
        "This is the [generative model](term:generative-model), theta. It says how likely a program is, p(z), and how likely a picture is if that program wrote it, p(x | z).",
        "Nobody has taught it anything yet: the strokes are random scratches, and faint ones.",
      ],
      notes: "Ink of an untrained stroke has probability 0.51 at most; it darkens while the bank learns.",
      scene: { ...BASE, at: 0, panels: ["pictures"], figures: ["bank"], lit: ["generative"] },
    },
    {
      title: "A model that reads",
      minutes: 1,
      sentence: "The recognition model looks at a picture and proposes how it may have been written.",
      text: [
        "There are 128 possible tokens at each of ten places, far too many programs to try. The second model looks at a picture and [proposes](term:proposals) some: the [recognition model](term:recognition-model), phi, a network that reads pixels and writes q(z | x).",
        "It is as ignorant as the other one. In these first five steps it has proposed three programs at each visit, at random, and the best of them stand in the [memory](part:memory).",
        "What it draws over this character has little to do with it. But some scratches are nearer than others, and that is where it begins.",
      ],
      notes: "K = 6: three programs remembered, three proposed anew at each visit.",
      scene: { ...BASE, at: 5, panels: ["pictures", "memory"], figures: ["character"], lit: ["memory"] },
    },
    {
      title: "Awake: the reader teaches the writer",
      minutes: 1,
      sentence: "Remembered programs say what each stroke is needed for, and the strokes change to fit.",
      text: [
        "Now the [wake](term:wake) phase. The reader's proposals are scored with p(z) p(x | z), and the best stay: {keepBest}.",
        "For the writer these remembered programs are examples: this stroke was used here, and a bit more bend would have covered the ink. So every stroke moves a little towards what its characters need: {learnTheta}.",
        "That is the first half of the bargain. Without proposals the writer would not know which stroke to change.",
      ],
      notes: "The gradient goes to the stroke that inks a pixel most; unused strokes do not move.",
      scene: { ...BASE, at: 50, stage: "learnTheta", panels: ["stages"], lit: ["generative"] },
    },
    {
      title: "Asleep: the writer teaches the reader",
      minutes: 1,
      sentence: "Dreams are pictures whose program is known: the reader learns from them by the thousand.",
      text: [
        "The reader needs pairs of a picture and its program. Nobody has such pairs, but the writer can make them: it writes a program at random and draws it. That is a [dream](term:dream).",
        "For a dream the right answer is known, so the reader can simply be taught to give it. This is the [fantasy](term:fantasy) phase. The other half of its lessons are the remembered programs, [replayed](term:replay): {learnPhi}.",
        "That is the second half of the bargain. And the dreams get better with the bank: the better the writer draws, the more its dreams look like the data.",
      ],
      notes: "Half of the recognition model's examples are dreams, half come from memory (sleep: mix).",
      scene: { ...BASE, at: 50, stage: "dream", panels: ["stages"], lit: ["recognition"] },
    },
    {
      title: "A prediction",
      minutes: 1,
      sentence: "Fifty steps are done. How much better will programs and strokes explain the characters after 150?",
      text: [
        "The [bound](term:bound) says how well the remembered programs, with the present bank, explain a character: higher is better. After fifty steps it is about −257 nats a character.",
        "The run beside this goes on to step 150. Ten characters a step, so each is visited twenty times more.",
      ],
      notes: "Takes a few seconds on a laptop. Twenty nats are a factor of half a billion in probability.",
      scene: { ...BASE, at: 50, panels: ["pictures"], figures: ["character"], curves: ["elbo"] },
      predict: {
        question: "By how much will the bound have risen after 150 steps?",
        choices: ["hardly, under 5 nats", "by 5 to 50 nats", "by more than 50 nats"],
        show: { kind: "run" },
        reveal: "Here it stands at {0} nats a character now, and a remembered program costs {1} bits a pixel.",
        measures: [
          { kind: "metric", name: "elbo", digits: 0 },
          { kind: "metric", name: "memoryBits", digits: 2 },
        ],
      },
    },
    {
      title: "What each has learned",
      minutes: 1,
      sentence: "The writer learns fast, the reader slowly: it has to learn a bank that keeps changing.",
      text: [
        "The strokes in use are darker and have bends that characters need. Seeds 1 and 2 both gained about twenty nats from step 50 on, nearly all of it through the [bank](part:generative) and the memory.",
        "The reader has learned much less: its loss is about 47 nats a program, where knowing nothing costs 48. Its lessons change with every change of the bank, and there are 64 strokes to tell apart.",
        "The [memory](term:memory) carries the work meanwhile: a good program is kept from the one time that it was found. Thousands of steps close the gap; so does a search that changes remembered programs, which is off here.",
      ],
      notes: "10 ln 64 + 9 ln 2 = 47.8 nats: the cost of a program under a uniform choice.",
      scene: {
        ...BASE,
        at: 150,
        panels: ["pictures"],
        figures: ["character", "bank"],
        curves: ["elbo", "phiLoss"],
        lit: ["curves"],
      },
    },
    {
      title: "Round and round",
      minutes: 1,
      explore: true,
      sentence: "Better strokes give better dreams, better dreams better readers, better readers better strokes.",
      text: [
        "So the two models lift each other: the reader finds programs, programs shape the strokes, strokes make better dreams, and dreams make a better reader.",
        "It is a circle, and circles can go wrong. If the writer draws nothing like the data, its dreams teach the reader nothing useful; if the reader always proposes the same, the writer learns nothing new. [Memory](term:memory) and chance help against both.",
        "Press Play and watch the pen, or open the workbench and give it the time that it needs.",
      ],
      notes: "The paper's run has 200,000 steps; see the preset Like the paper.",
      links: [{ text: "Try your own character", href: "#/try/strokes" }],
      scene: {
        ...BASE,
        at: 50,
        panels: ["pictures"],
        figures: ["character", "bank"],
        curves: ["elbo"],
        controls: ["play", "reset"],
      },
      task: { text: "Press Play.", when: { kind: "played" } },
    },
  ],
};
