// Lesson 4: what a memory buys for the same number of scored programs, on twenty string concepts.
// Sources: MWS specification 1.1 to 1.4 (memory, K = M + R), strings specification 9 (impossible programs, start-up).
// Numbers: measured with these links and seeds 1 and 2.

import type { Lesson } from "../lessonSchema";

const DATA = "v=1&preset=live&concepts=20&batch=10&dataSeed=7&iterations=100&evaluateEvery=50&evaluationSamples=10";
const RWS = `${DATA}&algorithm=rws&particles=2&obs=8`;
const MWS = `${DATA}&particles=2&obs=8`;
const TWO = `${DATA}&particles=2&run=rws:2&obs=8`;
const TEN = `${DATA}&particles=10&obs=4`;
const FEW_AND_MANY = `${DATA}&particles=2&run=rws:10&x=proposals`;

export const lesson: Lesson = {
  id: "4",
  title: "Why memory? Particles K and memory M",
  summary: "What a memory buys for the same number of scored programs.",
  steps: [
    {
      title: "Five strings of one kind",
      minutes: 1,
      explore: true,
      sentence: "An observation is five strings; a program is a regular expression that makes such strings.",
      text: [
        "Here an [observation](part:observation) is a concept: five strings of one kind, as they stand in a column of a spreadsheet. Five more of the same kind are held out.",
        "A [program](term:program) is a regular expression, read as a generator: \\d writes a digit, \\u a capital letter, + repeats. It explains a concept if it can write all five strings, and the likelier it writes them, the better.",
        "Look at a few concepts. For each you can probably say at once what the sixth string would look like. That is what the lab has to learn.",
      ],
      notes: "Twenty concepts of the built-in generator, so that every scene stands after a few seconds.",
      scene: {
        domain: "strings",
        query: MWS,
        at: 0,
        panels: ["pictures"],
        figures: ["concepts", "concept"],
        lit: ["data"],
        controls: [],
      },
      task: { text: "Choose another concept.", when: { kind: "selected" } },
    },
    {
      title: "Two fresh guesses",
      minutes: 1,
      sentence: "A program that cannot make one of the five strings explains nothing at all.",
      text: [
        "Reweighted wake-sleep, [RWS](term:rws), draws K programs from the recognition model at each visit, weights them, learns from them and forgets them. Here K = 2.",
        "Most programs cannot make all five strings, and one string that cannot be made is enough: the program is impossible. If both guesses are impossible, this visit teaches nothing.",
        "The curve shows the share of impossible proposals. Over these fifty steps it was about 99 %: of 1 000 scored programs some ten were of any use.",
      ],
      notes: "Impossible programs have weight 0; if all K are, the observation is skipped in that step.",
      scene: {
        domain: "strings",
        query: RWS,
        at: 50,
        panels: ["lens"],
        curves: ["impossible"],
        lit: ["lens"],
        controls: [],
      },
    },
    {
      title: "One guess and one memory",
      minutes: 1,
      sentence: "Memoised wake-sleep spends one of its two programs on the best one found so far.",
      text: [
        "Memoised wake-sleep, [MWS](term:mws), spends the same two programs otherwise. One is the program that it [remembers](part:memory) for this concept, the other a fresh proposal. Both are scored, the better one is kept: {keepBest}.",
        "What is remembered is never impossible, so every visit teaches something. And it only gets better: a lucky guess is kept, instead of being drawn, used once and lost.",
        "This is what it remembers of concept 8 after fifty steps: hyphens first, then at most one letter or digit, then anything. Not yet what you would write, but found early, and kept.",
      ],
      notes: "K = M + R: two scored programs a visit, M = 1 remembered and R = 1 new.",
      scene: {
        domain: "strings",
        query: MWS,
        at: 50,
        panels: ["pictures", "memory"],
        figures: ["concept"],
        lit: ["memory"],
        controls: [],
      },
    },
    {
      title: "A prediction",
      minutes: 1,
      sentence: "Same concepts, same networks, two scored programs a visit: which run foresees new strings better?",
      text: [
        "Now both on the same twenty concepts, from the same start, with the same number of scored programs: 100 steps, ten concepts a step, two programs each.",
        "The measure: how probable are the [held-out](term:held-out) strings under the programs found for the given ones? Fewer nats are better.",
      ],
      notes: "Both learn their recognition model half from data and half from dreams. The runs take a few seconds.",
      scene: {
        domain: "strings",
        query: TWO,
        at: 0,
        panels: [],
        curves: ["nllPredictive", "impossible"],
        controls: [],
      },
      predict: {
        question: "Which run will have the fewer nats after 100 steps?",
        choices: ["MWS, by more than 10", "about the same", "RWS, by more than 10"],
        show: { kind: "run" },
        reveal:
          "Here MWS ends at {0} nats for five held-out strings and RWS at {1}. Of the last proposals, {2} % and {3} % were impossible.",
        measures: [
          { kind: "metric", name: "nllPredictive", run: 0, digits: 0 },
          { kind: "metric", name: "nllPredictive", run: 1, digits: 0 },
          { kind: "metric", name: "impossible", run: 0, times: 100, digits: 0 },
          { kind: "metric", name: "impossible", run: 1, times: 100, digits: 0 },
        ],
      },
    },
    {
      title: "Where the difference comes from",
      minutes: 1,
      sentence: "Good programs are remembered, replayed, and then proposed more readily.",
      text: [
        "A remembered program is [replayed](term:replay): both models learn from it at the next visit. The generative model finds such programs likelier, {learnTheta}, and the recognition model proposes them more readily, {learnPhi}.",
        "So the gain comes twice. The programs themselves are better, and the recognition model learns from good examples long before it could find them reliably itself.",
        "RWS has to wait until its recognition model is good by other means, mostly from dreams. In our two runs, seeds 1 and 2, it took twice as many steps to the same held-out nats. The lead is largest early: about 153 against about 180 after 100 steps, about 142 against about 146 after 300.",
      ],
      notes:
        "Compare the curves at the same height, too. Another measure tells another story: the marginal likelihood of held-out strings, which leaves the memory out, lies within ten nats for both after 300 steps.",
      scene: {
        domain: "strings",
        query: TWO,
        at: 100,
        panels: [],
        curves: ["nllPredictive", "impossible"],
        lit: ["curves"],
        controls: [],
      },
    },
    {
      title: "K = M + R",
      minutes: 1,
      explore: true,
      sentence: "A larger memory holds several explanations with weights; the same number of proposals stays free.",
      text: [
        "With K = 10 the memory holds M = 5 different programs for each concept, and R = 5 are proposed anew. What is remembered is a small [posterior](term:posterior): several explanations with their weights.",
        "Choose one of them: the strings show which of its parts makes which characters. Here the programs differ by one part or two, a \\d+ for a \\d\\d, and each has a share.",
        "More memory costs more scores per visit and room for every concept. It helps as long as several explanations are plausible.",
      ],
      notes: "Distinctness is by token sequence: \\s and a literal space count as two programs.",
      scene: {
        domain: "strings",
        query: TEN,
        at: 100,
        panels: ["pictures", "memory"],
        figures: ["concept"],
        lit: ["weight"],
        controls: [],
      },
      task: { text: "Choose a program in the memory.", when: { kind: "program" } },
    },
    {
      title: "Two with memory, ten without",
      minutes: 1,
      sentence: "At equal cost, a memory of one goes further than ten fresh guesses.",
      text: [
        "Could RWS not simply draw more? Here it draws ten programs a visit, while MWS still scores two. The [axis](part:curves) counts scored programs, so curves at the same place have cost the same.",
        "MWS had scored 2 000 programs when it stood at about 153 nats, seeds 1 and 2. RWS with ten stood at about 177 after 5 000, and at about 150 after 10 000.",
        "The paper reports the same on its own data: MWS with K = 2 beat RWS with K = 10.",
      ],
      notes: "Hewitt, Le and Tenenbaum 2020, table 3: 84.1 nats for MWS at K = 2, 85.0 for RWS at K = 10.",
      scene: {
        domain: "strings",
        query: FEW_AND_MANY,
        at: 100,
        panels: [],
        curves: ["nllPredictive", "impossible"],
        lit: ["curves"],
        controls: [],
      },
    },
    {
      title: "What a memory cannot do",
      minutes: 1,
      sentence: "A memory needs to see the same observation again, and it can lead the recognition model in a circle.",
      text: [
        "A memory only pays for observations that come back. In a stream that never repeats there is nothing to remember for.",
        "And replay makes the recognition model copy the memory: after a while most [proposals](term:proposals) are in it already, and the curve of new ones falls. That is why it also learns from dreams, and why a little chance is left to every part of a proposal.",
        "Take these runs to the workbench, change K, or plan a comparison with more seeds. Two are few.",
      ],
      links: [{ text: "Open Compare", href: "#/compare" }],
      notes:
        "Exploration floor: the option of that name on the workbench. Without it the proposals become copies sooner.",
      scene: {
        domain: "strings",
        query: MWS,
        at: 0,
        panels: ["pictures"],
        figures: ["concept"],
        curves: ["proposals"],
        controls: ["play", "reset"],
      },
      task: { text: "Press Play.", when: { kind: "played" } },
    },
  ],
};
