// Lesson 5: the same data and the same number of scored rules for three algorithms, and why they differ.
// Sources: automata specification 5 and 6 (one-hot weights, phi = epsilon + (1 - 2 epsilon) b); MWS specification 1.1 to
// 1.4; RWS specification (wake-phase theta and phi, self-normalised weights). Numbers: measured with these links.

import type { Lesson } from "../lessonSchema";

const DATA = "v=1&preset=live&images=20&batch=10&dataSeed=7&iterations=600";
const TWO = `${DATA}&particles=2&run=rws:2`;
const THREE = `${DATA}&particles=2&run=rws:2&run=vimco:2`;
const TEN = `${DATA}&particles=10&run=rws:10&run=vimco:10`;
const CLUSTERS = "v=1&preset=paper&particles=5&iterations=2000&run=rws:5&run=vimco:5";

export const lesson: Lesson = {
  id: "5",
  title: "When wake-sleep fails: comparing algorithms",
  summary: "Why reweighted wake-sleep overestimates the noise, and what helps.",
  steps: [
    {
      title: "Two ways to spend two guesses",
      minutes: 1,
      sentence: "Same pictures, same network, two rules scored per picture and step: only the memory differs.",
      text: [
        "Two runs on the same twenty pictures, with the same networks and the same cost: K = 2 rules are scored per picture and step.",
        "[MWS](term:mws) spends them on one remembered rule and one new proposal. [RWS](term:rws), reweighted wake-sleep, draws two fresh rules each time, weights them, and forgets them.",
        "Both learn one [noise level](part:noise) for all pictures, by the share of cells that their rules leave unexplained. The true level is 0.02, the dotted line.",
      ],
      notes:
        "Both recognition models learn half from data and half from dreams, so the comparison is about the memory.",
      scene: {
        domain: "automata",
        query: TWO,
        at: 0,
        panels: ["pictures"],
        figures: ["images"],
        curves: ["phi"],
        lit: ["noise"],
        controls: [],
      },
    },
    {
      title: "A prediction",
      minutes: 1,
      sentence: "Which of the two will estimate the noise better?",
      text: [
        "Each run will do 600 steps: with ten pictures a step and two rules a picture, 12 000 scored rules each.",
        "Think about what each can know. RWS averages over its two fresh rules, weighted by how well they explain. MWS keeps the better of the old one and the new one.",
      ],
      notes: "The two runs take about four seconds together on two cores.",
      scene: { domain: "automata", query: TWO, at: 0, panels: [], curves: ["phi", "bitAccuracy"], controls: [] },
      predict: {
        question: "After 600 steps, which noise level will RWS report?",
        choices: ["about 0.02, as MWS", "too low", "too high"],
        show: { kind: "run" },
        reveal:
          "In this run MWS ends at {0} and RWS at {1}; the truth is 0.02. Of the rule bits, MWS has {2} % right and RWS {3} %.",
        measures: [
          { kind: "metric", name: "phi", run: 0, digits: 3 },
          { kind: "metric", name: "phi", run: 1, digits: 3 },
          { kind: "metric", name: "bitAccuracy", run: 0, times: 100, digits: 0 },
          { kind: "metric", name: "bitAccuracy", run: 1, times: 100, digits: 0 },
        ],
      },
    },
    {
      title: "Only noise can explain a wrong rule",
      minutes: 1.5,
      explore: true,
      sentence: "Every cell that a wrong rule leaves unexplained is booked as noise.",
      text: [
        "Here is what a wrong rule does. Flip one answer of the table: many more cells turn red. The generative model has only one way to make a picture with so many red cells likely: a higher [noise level](term:noise).",
        "If a share *b* of the cells is wrong because of wrong rules, the noise level settles at about 0.02 + 0.96 · *b*. A rule that misses one cell in twelve costs 0.08: from 0.02 to 0.10.",
        "So a noise level that is too high does not say that the world is noisy. It says that the rules are poor.",
      ],
      notes:
        "phi = epsilon + (1 - 2 epsilon) b (automata specification, section 6). Let the class compute b from the number of red cells.",
      scene: {
        domain: "automata",
        query: `${TWO}&obs=3`,
        at: 600,
        panels: ["side"],
        figures: ["rule-explorer"],
        curves: ["phi"],
        controls: [],
      },
      task: {
        text: "Flip an answer and read how many cells disagree.",
        when: { kind: "pressed", figure: "rule-explorer" },
      },
    },
    {
      title: "Why RWS has poor rules",
      minutes: 1.5,
      sentence: "Self-normalised weights give the least bad of K fresh guesses nearly all the say, however bad it is.",
      text: [
        "RWS draws K rules from its recognition model and gives each a weight: {importanceWeight}. The weights are divided by their sum, so they always add up to 1, even if all K rules are bad.",
        "One wrong bit costs tens or hundreds of nats, so nearly all the weight falls on the least bad of the K rules. With two guesses that one is often wrong, and θ learns from it as if it were right: {rwsTheta}.",
        "The [lens](part:lens) shows the two fresh rules of the RWS run for picture 3 after 300 steps. Neither is the right one, rule 146, and still one of them gets all the weight.",
        "The better guesses of earlier steps are gone. MWS would still have them: its [memory](term:memory) keeps the best ever seen, so its one remembered rule only ever gets better.",
        "The bias shrinks only as the recognition model itself becomes good.",
      ],
      notes:
        "This is the bias of self-normalised importance sampling at small K: the estimate of the gradient is consistent in K, not unbiased (RWS specification, wake phase).",
      scene: {
        domain: "automata",
        query: `${TWO}&obs=3`,
        at: 300,
        view: 1,
        panels: ["lens"],
        curves: ["phi", "ess"],
        lit: ["lens"],
        controls: [],
      },
    },
    {
      title: "A third algorithm",
      minutes: 1,
      sentence: "VIMCO follows the bound more faithfully, and still forgets.",
      text: [
        "[VIMCO](term:vimco) also draws K fresh rules. It follows the gradient of the K-sample bound, with a baseline made from the other samples to keep the noise of that gradient low.",
        "It starts afresh at each step too. At K = 2 it ends between the others here: in our runs with seeds 1, 2 and 3 MWS ended at 0.019 each time, VIMCO at 0.05, 0.14 and 0.12, RWS at 0.09, 0.18 and 0.08.",
        "So the order of the two depends on the seed; the distance to MWS does not.",
      ],
      notes: "Three seeds are few. The workbench and Compare let the class add more.",
      scene: {
        domain: "automata",
        query: THREE,
        at: 600,
        panels: [],
        curves: ["phi", "bitAccuracy"],
        lit: ["noise"],
        controls: [],
      },
    },
    {
      title: "More particles help",
      minutes: 1,
      sentence: "With ten rules a step all three find the noise, at five times the cost.",
      text: [
        "The failure is one of small K. With K = 10 the best of ten guesses is often right, the recognition model learns from it, and all three [runs](part:runs) end near 0.02.",
        "In our runs after 600 steps, with seeds 1, 2 and 3: MWS 0.019 each; RWS 0.019 each; VIMCO 0.020, 0.020 and 0.027. Five times as many rules were scored.",
        "With rules of five neighbours, 32 answers instead of 8, ten guesses are again too few: there RWS and VIMCO stay above.",
      ],
      notes:
        "Five neighbours, 100 pictures, K = 10, 2 000 steps: error of the noise 0.0006 to 0.0017 for MWS, 0.011 to 0.017 for RWS, 0.025 to 0.028 for VIMCO (results.md).",
      scene: {
        domain: "automata",
        query: TEN,
        at: 600,
        panels: [],
        curves: ["phi", "bitAccuracy"],
        lit: ["noise"],
        controls: [],
      },
    },
    {
      title: "What is a fair price?",
      minutes: 1,
      sentence: "Compare at equal cost: by steps, by time, or by the number of scored programs.",
      text: [
        "A method that scores more rules per step should not be compared by steps alone. Here the [curves](part:curves) run over the number of scored proposals instead.",
        "Equal K means equal scores for all three. Time is another matter: VIMCO has no dreams to learn from and is quicker per step on most machines.",
        "There is no single fair axis. State the one you use.",
      ],
      notes: "The axis can be switched on the workbench: step, time, proposals.",
      scene: {
        domain: "automata",
        query: `${THREE}&x=proposals`,
        at: 600,
        panels: [],
        curves: ["phi", "elbo"],
        lit: ["curves"],
        controls: [],
      },
    },
    {
      title: "Against the exact answer",
      minutes: 1,
      sentence: "Seven points have 877 clusterings: few enough to know the truth.",
      text: [
        "Does this hold elsewhere? Seven points can be grouped in 877 ways, few enough to score them all. So the exact answer is known: the dotted line.",
        "The curve is the true negative log likelihood of the data under what each algorithm has learned: lower is better. On these data no model can be much better than the true one.",
        "In our runs with K = 5 after 10 000 steps: MWS 10.4 to 11.1 nats per set, VIMCO 11.5 to 11.9, RWS 12.4 to 12.7; the true model has 10.09.",
      ],
      notes:
        "Figures: results.md, figure 4 of the paper, seeds 1 to 3. This run does 2 000 steps, so its values lie above those.",
      scene: {
        domain: "clusters",
        query: CLUSTERS,
        at: 2000,
        panels: [],
        curves: ["nllTrain", "klTrue"],
        lit: ["curves"],
        controls: [],
      },
    },
    {
      title: "Your own comparison",
      minutes: 1,
      explore: true,
      sentence: "Take these runs to the workbench, or plan a comparison with several seeds.",
      text: [
        "One seed proves nothing. A comparison needs several, and the same data for all. Press “Explore freely from here” to take these very runs to the workbench: change K, add a run, choose a new seed.",
        "Or open Compare, which plans many runs, groups them by everything but the seed, and gives intervals for the differences.",
      ],
      links: [{ text: "Open Compare", href: "#/compare" }],
      notes: "A good exercise: at which K does the distance between MWS and RWS vanish on these pictures?",
      scene: {
        domain: "automata",
        query: TWO,
        at: 0,
        panels: ["pictures"],
        figures: ["images"],
        curves: ["phi"],
        controls: ["play", "reset"],
      },
      task: { text: "Press Play.", when: { kind: "played" } },
    },
  ],
};
