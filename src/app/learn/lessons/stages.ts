// Lesson 3: one step of memoised wake-sleep, stage by stage, then at full speed.
// Source: MWS specification 1.2 (the algorithm), 1.3 (duplicates, ties); captions: experience specification, section 6.

import type { Lesson, LessonScene } from "../lessonSchema";

const QUERY = "v=1&preset=live&images=20&batch=20&dataSeed=7&iterations=600&obs=1";
const DONE = 2;

function heldAt(stage: LessonScene["stage"], lit: readonly string[], memory = false): LessonScene {
  return {
    domain: "automata",
    query: QUERY,
    at: DONE,
    ...(stage ? { stage } : {}),
    panels: memory ? ["stages", "memory"] : ["stages"],
    lit: [...lit],
    controls: ["stage"],
  };
}

export const lesson: Lesson = {
  id: "3",
  title: "Wake, replay, fantasy, stage by stage",
  summary: "One step of learning in nine stages, then the same at full speed.",
  steps: [
    {
      title: "One step, three phases",
      minutes: 1,
      sentence: "A step of memoised wake-sleep has three phases: wake, replay, fantasy.",
      text: [
        "The machine learns in steps. One step has three [phases](part:phases). Awake, it looks at data: [wake](term:wake). Then it sleeps. First it goes over what it remembers: [replay](term:replay). Then it dreams: [fantasy](term:fantasy).",
        "Two models learn from this. The generative model, θ, says which rules are likely and how pictures come from rules. The recognition model, φ, looks at a picture and proposes rules.",
        "Between them stands the [memory](part:memory): for each picture, the five best different rules seen so far. This run has done two steps.",
      ],
      notes: "The mark of a phase is an open, a half and a full circle, from day to night.",
      scene: {
        ...heldAt(undefined, ["memory", "phases"]),
        panels: ["pictures", "memory"],
        figures: ["images"],
        controls: ["phase"],
      },
      task: { text: "Press Phase step once.", when: { kind: "phase", name: "wake" } },
    },
    {
      title: "Look",
      minutes: 0.5,
      sentence: "Take an observation.",
      text: [
        "A step begins by taking observations: here all twenty pictures at once, each treated alike. We follow picture 1.",
        "The [caption](part:captions) names the stage. The nine dots under it are the nine stages: four awake, three of replay, two of fantasy.",
      ],
      notes: "Slow motion and stepping run the same computation as full speed; only the pauses differ.",
      scene: { ...heldAt("look", ["captions"]), panels: ["stages", "pictures"], figures: ["images"] },
    },
    {
      title: "Propose",
      minutes: 1,
      sentence: "The recognition model proposes five rules for the picture.",
      text: [
        "The [recognition model](part:recognition) looks at the picture and proposes five rules, drawn at random from its own belief: {propose}.",
        "After two steps it knows little, so its proposals are close to guesses. It may propose the same rule twice.",
        "Five remembered and five new rules are scored per picture and step: K = 10 [particles](term:particles).",
      ],
      notes:
        "Ask what would happen if the recognition model were already certain: it would propose the same rule five times.",
      scene: heldAt("propose", ["proposals"]),
    },
    {
      title: "Keep what explains",
      minutes: 1.5,
      sentence: "The memory keeps the five best different rules it has ever seen for this picture.",
      text: [
        "Awake, the [recognition model](part:recognition) has proposed five rules for this picture. Each is scored twice: how likely the rule is by itself, and how well it explains the picture. {score}",
        "The [memory](part:memory) then keeps the five best different rules it has ever seen here. A rule proposed twice stays once.",
      ],
      notes: "The answer depends on how good the memory already is. Late in a run the usual answer is none.",
      scene: heldAt("score", ["proposals", "memory"]),
      predict: {
        question: "Before you look: how many of the five proposals will stay?",
        choices: ["none", "one or two", "three or more"],
        show: { kind: "stage", name: "remember" },
        reveal:
          "In this run {0} of the five were accepted, {1} of them as the new best; {2} scored too low and {3} was proposed or remembered already.",
        measures: [
          { kind: "fates", of: ["accepted", "newBest"] },
          { kind: "fates", of: ["newBest"] },
          { kind: "fates", of: ["tooLow"] },
          { kind: "fates", of: ["duplicate"] },
        ],
      },
    },
    {
      title: "What the memory did",
      minutes: 1,
      sentence: "Accepted, duplicate, too low: every proposal has a fate, and the page names it.",
      text: [
        "Every proposal has a fate, and each is named in the [memory](part:memory): accepted, new best, rejected because it was there already, rejected because it scored too low. What a better rule pushed out is marked as evicted.",
        "{keepBest}",
        "The memory never forgets its best rule while θ stands still: a better one must come to replace it. So what was found once is not lost, however seldom the recognition model proposes it. That is the difference from methods that start afresh at each step.",
      ],
      notes: "Memory and weights: MWS specification 1.1 and 1.2. As θ learns, scores are computed anew at each visit.",
      scene: heldAt("remember", ["memory"], true),
    },
    {
      title: "Replay: recall",
      minutes: 1,
      sentence: "Pick a remembered rule, in proportion to its weight.",
      text: [
        "Now the machine sleeps. It picks one remembered rule at random, in proportion to its [weight](part:weight): {replayWeight}.",
        "A rule with weight 1.00 is always picked. Where two rules share the weight, each has its turn over the steps.",
      ],
      notes: "Picking at random keeps the mean of the gradient; option “Replay by: weighted” uses all rules at once.",
      scene: heldAt("recall", ["weight"], true),
    },
    {
      title: "Replay: learn",
      minutes: 1,
      sentence: "Both models are moved a little towards what was recalled.",
      text: [
        "The generative model is moved so that it finds the recalled rule, and the picture under it, more likely: {learnTheta}. This is where the [noise level](term:noise) is learned.",
        "Then the recognition model is moved so that it proposes the recalled rule more readily for this picture: {learnPhi}.",
        "So the recognition model learns to read from the memory what search has found.",
      ],
      notes: "Only replay teaches θ. Dreams teach φ alone.",
      scene: heldAt("learnPhi", ["captions"]),
    },
    {
      title: "Fantasy: dream",
      minutes: 1,
      sentence: "The generative model dreams a rule and a picture, and the recognition model learns to read it.",
      text: [
        "At last the machine dreams. The generative model draws a rule and then a picture from it: {dream}. The recognition model learns to name the rule of the dreamt picture: {learnFromDream}.",
        "In a dream the right answer is known, and there are endlessly many dreams. Replay alone would only copy the memory of these twenty pictures; dreams teach reading rules in general, and keep the proposals varied.",
        "With five-neighbour rules that matters: in our runs replay alone got stuck at a noise level of 0.045 to 0.052, with half dreams it came down to 0.021 (true 0.02).",
      ],
      notes:
        "Figures: five neighbours, 100 pictures, K = 10, 2 500 steps, seeds 1 to 3; error of the noise 0.025 to 0.032 with replay, 0.0005 to 0.0017 with the mix (results.md).",
      scene: heldAt("learnFromDream", ["dreams"]),
    },
    {
      title: "The same, at full speed",
      minutes: 1.5,
      explore: true,
      sentence: "The same nine stages, hundreds of times: the noise level falls as the memory fills with right rules.",
      text: [
        "That was one step. At full speed the same stages run about two hundred times a second; nothing is skipped, only not shown.",
        "Press Play. The [noise level](part:noise) falls because the [memory](part:memory) fills with right rules: a wrong rule can only be paid for with noise.",
        "Pause anywhere, step by phase, or switch slow motion on: the run is the same run.",
      ],
      notes: "Good for questions: pause in the middle and ask which phase would change what.",
      scene: {
        domain: "automata",
        query: QUERY,
        at: DONE,
        panels: ["pictures", "memory"],
        figures: ["images"],
        curves: ["phi", "proposals"],
        lit: ["noise"],
        controls: ["play", "step", "phase", "slow", "reset"],
      },
      task: { text: "Press Play and wait for step 100.", when: { kind: "steps", by: 98 } },
      links: [{ text: "Next lesson here: When wake-sleep fails", href: "#/learn/5/1" }],
    },
  ],
};
