// Lesson 1: what an observation is, a program as its explanation, scores, several explanations, prediction.
// Sources: automata specification, sections 1 to 3 and 7; MWS specification 1.1 (weights of a memory).

import type { Lesson } from "../lessonSchema";

const DATA = "v=1&preset=live&images=20&batch=10&dataSeed=7&iterations=600";
/** Ten by ten cells: too few to settle every bit of a rule. */
const SMALL = "v=1&preset=live&images=20&batch=10&dataSeed=7&height=10&width=10&iterations=300";

export const lesson: Lesson = {
  id: "1",
  title: "Programs that explain data",
  summary: "What an observation is, what explains it, and why there can be several explanations.",
  steps: [
    {
      title: "A picture that grew",
      minutes: 0.5,
      sentence: "An observation is one thing to explain: here, one picture.",
      text: [
        "Here are twenty small pictures. Each is one [observation](term:observation): one thing to explain, written *x*.",
        "Each [picture](part:data) grew from left to right. Its first column is random. Every later cell was decided by the cell to its left and that cell's two neighbours, by one rule for the whole picture.",
        "The pictures look different because their rules are different. Nobody tells the machine the rules.",
      ],
      notes:
        "Ask which pictures look alike, and whether a picture could have grown from right to left. Let the class look for one that repeats and one that never does.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 0,
        panels: ["pictures"],
        figures: ["images"],
        controls: [],
      },
      task: { text: "Choose another picture.", when: { kind: "selected" } },
    },
    {
      title: "A rule is a table",
      minutes: 1,
      sentence: "A program is a table of eight answers: dark or light, for each pattern of three cells.",
      text: [
        "A [program](term:program), written *z*, is what explains an observation. Here it is a rule: a table with one answer, light or dark, for each of the eight patterns of three neighbouring cells.",
        "The [table](part:generative) is shown as eight buttons. Above each output stand the three cells that it answers for. Read as binary digits, the eight answers are the rule's number, so there are 256 rules.",
        "In the picture beside it, cells that do not obey the rule are red.",
      ],
      notes:
        "Let someone predict which cells turn red before a bit is flipped: exactly those whose pattern is the one above the button.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 600,
        panels: ["side"],
        figures: ["rule-explorer"],
        lit: ["generative"],
        controls: [],
      },
      task: {
        text: "Flip one answer of the table and watch the red cells.",
        when: { kind: "pressed", figure: "rule-explorer" },
      },
    },
    {
      title: "Now and then a cell is wrong",
      minutes: 1,
      sentence: "About two cells in a hundred break their rule: that is the noise.",
      text: [
        "Even under its right rule every picture keeps a few red cells. When these pictures were made, each cell was flipped with a chance of 2 in 100. This is the [noise](term:noise).",
        "The machine does not know the 2 in 100 either. It learns one [noise level](part:noise) for all pictures together, and the number under each picture counts its red cells.",
        "A picture has 992 cells that a rule must answer for, so a right rule leaves about twenty of them red.",
      ],
      notes:
        "The dotted line is the true noise, 0.02. With 20 pictures the best possible estimate is 0.019, a little below, because rare patterns are fitted too well.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 600,
        panels: ["pictures"],
        figures: ["images"],
        curves: ["phi"],
        lit: ["noise"],
        controls: [],
      },
    },
    {
      title: "How good is an explanation?",
      minutes: 1,
      sentence: "A program's score has two parts: how likely it is by itself, and how well it explains the data.",
      text: [
        "A program is scored in two parts. The [prior](term:prior) says how likely the rule is before any picture is seen. The [likelihood](term:likelihood) says how well it explains this picture: every red cell costs.",
        "{score}",
        "Both are logarithms of probabilities, in [nats](term:nats), so they add up. The sum is called the joint. In the [memory](part:memory) beside this, each row is a rule with both parts.",
        "A rule with one wrong answer loses tens or hundreds of nats. One nat is a factor of 2.7, so the best rule is not a little more probable than the next: it has won.",
      ],
      notes: "Select the second row and look at the picture: its red cells show where the lost nats went.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 60,
        panels: ["pictures", "memory"],
        figures: ["images"],
        lit: ["memory"],
        controls: [],
      },
      task: { text: "Choose the second rule in the memory.", when: { kind: "program" } },
    },
    {
      title: "Several explanations",
      minutes: 1.5,
      sentence: "Where the data say too little, several programs share the weight.",
      text: [
        "These pictures have only ten by ten cells. Some patterns hardly occur in them, so the data cannot settle every answer, and several rules explain a picture about equally well.",
        "Each remembered rule has a [weight](part:weight): its share of the joint probability among the rules that are remembered.",
        "{memoryWeight}",
        "Weights of one picture sum to 1. A [weight](term:weight) is the machine's way of being unsure without being vague: it names the alternatives and says how much it would bet on each.",
      ],
      notes:
        "The bar can be switched to nats below the best. Ask for a picture with one rule at nearly 1 and for one where two rules share.",
      scene: {
        domain: "automata",
        query: `${SMALL}&obs=10`,
        at: 300,
        panels: ["pictures", "memory"],
        figures: ["images"],
        lit: ["weight"],
        controls: [],
      },
      task: { text: "Find a picture whose rules share the weight differently.", when: { kind: "selected" } },
    },
    {
      title: "A prediction",
      minutes: 1,
      sentence: "How many of twenty rules does the machine find in 200 steps?",
      text: [
        "The machine starts with nothing. At each step it looks at ten of the twenty pictures, lets its [recognition model](term:recognition-model) propose five rules for each, scores them, and remembers the five best different ones.",
        "There are 256 rules. It will score ten rules per picture and step for 200 steps.",
      ],
      notes: "Collect the answers by show of hands before pressing the button. The run takes about a second.",
      scene: {
        domain: "automata",
        query: `v=1&preset=live&images=20&batch=10&dataSeed=7&iterations=200`,
        at: 0,
        panels: [],
        curves: ["exactRecovery", "phi"],
        controls: [],
      },
      predict: {
        question: "After 200 steps, for how many of the 20 pictures will the best rule be exactly right?",
        choices: ["none or one", "about half", "18 or more"],
        show: { kind: "run" },
        reveal:
          "In this run the best remembered rule was exactly right for {0} of 20 pictures, and the noise level stood at {1}.",
        measures: [
          { kind: "metric", name: "exactRecovery", times: 20, digits: 0 },
          { kind: "metric", name: "phi", digits: 3 },
        ],
      },
    },
    {
      title: "What comes next",
      minutes: 1,
      sentence: "A program can be run: it says what the picture would do next.",
      text: [
        "An explanation that is a program can be run further. Right of the line stands what the rule makes of the last column: [what comes next](part:prediction).",
        "“Clean” follows the rule exactly. “Noisy” flips cells as often as the learned noise says. “From memory” lets each remembered rule continue, in proportion to its weight.",
        "Under a chaotic rule one wrong cell spreads, so a clean continuation is one possibility, not a promise.",
      ],
      notes:
        "Switch between clean and noisy several times. On an orderly rule noise stays local, on a chaotic one it does not.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 600,
        panels: ["pictures"],
        figures: ["extrapolation"],
        lit: ["prediction"],
        controls: [],
      },
      task: { text: "Switch the continuation to noisy.", when: { kind: "pressed", figure: "extrapolation" } },
    },
    {
      title: "Find the rule yourself",
      minutes: 1.5,
      explore: true,
      sentence: "Change one answer at a time and keep what leaves fewer red cells.",
      text: [
        "Now you search. The machine has looked at this picture once or twice, and its best rule is still poor. Flip answers until fewer than 40 cells disagree.",
        "A button whose pattern occurs often changes many cells; one whose pattern never occurs changes none. If flipping an answer helps, keep it. The eight answers do not interfere, so eight decisions are enough.",
        "The machine does not search like this. It has a network that looks at the picture and proposes whole rules. For longer tables, such as the five-neighbour rules with 32 answers, that is what makes it quick.",
      ],
      notes:
        "Eight decisions suffice because the log likelihood is a sum over patterns. Ask why the machine still needs a memory.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 2,
        panels: ["side"],
        figures: ["rule-explorer"],
        controls: [],
      },
      task: {
        text: "Bring the disagreeing cells below 40.",
        when: { kind: "explained", figure: "rule-explorer", atMost: 39 },
      },
    },
    {
      title: "What the machine found",
      minutes: 1,
      explore: true,
      sentence: "After 600 steps the memory holds the right rule for every picture.",
      text: [
        "After 600 steps, a few seconds of work, the best remembered rule is right for all twenty pictures, and the learned [noise level](part:noise) is 0.019. The true one was 0.02.",
        "What you see is a *posterior* you can read: programs, with weights, for each observation. Nothing here was labelled by a person.",
        "Your own picture can be read the same way. If it did not grow by a rule, the page says so.",
      ],
      links: [
        { text: "Try a picture of your own", href: "#/try/automata" },
        { text: "Next lesson here: Wake, replay, fantasy", href: "#/learn/3/1" },
      ],
      notes: "A good moment for the class's own pictures: a knitted pattern, a shell, a scarf.",
      scene: {
        domain: "automata",
        query: `${DATA}&obs=3`,
        at: 600,
        panels: ["pictures", "memory"],
        controls: [],
      },
    },
  ],
};
