// The paper's printed examples with the programs in print and the one that the shipped model finds. Data for the help
// page, written by `npm run -s strings-bars -- --only paper --examples` (model standard); a test holds it to the search.
// Source: Hewitt, Le & Tenenbaum 2020, figures 1, 7 and 8, as listed in the strings specification, section 11.

export type PaperExample = {
  readonly name: string;
  /** Where it is printed, and what of it is legible. */
  readonly source: string;
  readonly strings: readonly string[];
  /** Programs to compare with, the first one the reference; nats on the strings, uniform classes and fair operators. */
  readonly references: readonly {
    readonly who: string;
    readonly program: string;
    readonly logLikelihood: number | null;
  }[];
  /** The first program kept by the joint under the shipped model within the bar of 12 nats; rank 1 is the best of all. */
  readonly ours: {
    readonly program: string;
    readonly rank: number;
    readonly logLikelihood: number;
    readonly origin: string;
  };
};

export const PAPER_EXAMPLES: readonly PaperExample[] = [
  {
    name: "percent (figure 1)",
    source: "figure 1 column 1; all five strings legible",
    strings: ["21.8%", "7.5%", "-10.1%", "22.4%", "-4.0%"],
    references: [
      { who: "target (ours)", program: "-?\\d+\\.\\d%", logLikelihood: -38.94451955620188 },
      { who: "baseline", program: ".+", logLikelihood: -131.43738430069453 },
    ],
    ours: { program: "-?\\d\\d?\\.\\d%", rank: 1, logLikelihood: -36.86507801452205, origin: "variation" },
  },
  {
    name: "letter list (figures 1 and 7)",
    source: "figure 1 column 2; figure 7 gives the regex",
    strings: ["B,J,U", "B,D,E", "A", "A,B,J,U", "B,E"],
    references: [
      { who: "paper MWS", program: "\\u(,\\u)*", logLikelihood: -51.366168341558556 },
      { who: "baseline", program: ".+", logLikelihood: -110.40740281258341 },
    ],
    ours: { program: "(\\u+,)*(U|E|A)", rank: 1, logLikelihood: -46.166040540410265, origin: "variation" },
  },
  {
    name: "image file (figure 1)",
    source: "figure 1 column 3",
    strings: ["img25.png", "img19.png", "img42.jpg", "img18.png", "img43.jpg"],
    references: [
      { who: "target (ours)", program: "img\\d\\d\\.(png|jpg)", logLikelihood: -26.491586832740182 },
      { who: "acceptable (ours)", program: "img\\d\\d\\.\\l\\lg", logLikelihood: -55.606816310155274 },
      { who: "baseline", program: ".+", logLikelihood: -236.58729174125023 },
    ],
    ours: { program: "img\\d\\d\\d?\\.(png|jpg)", rank: 1, logLikelihood: -29.957322735539908, origin: "variation" },
  },
  {
    name: "dollar amount (figure 1)",
    source: "figure 1 column 4",
    strings: ["$4,050", "$4,000", "$340", "$102", "$1,200"],
    references: [
      { who: "target (ours)", program: "$(\\d,)?\\d\\d\\d", logLikelihood: -44.91226757669255 },
      { who: "acceptable (ours)", program: "$\\d(,|\\d)\\d+", logLikelihood: -52.53688656285195 },
      { who: "baseline", program: ".+", logLikelihood: -136.69487967272232 },
    ],
    ours: { program: "$(\\d,)?\\d\\d(0|2)", rank: 1, logLikelihood: -36.86507801452204, origin: "variation" },
  },
  {
    name: "long date (figure 1)",
    source: "figure 1 column 5",
    strings: ["Jul 10, 2012", "Nov 16, 2004", "Nov 1, 2000", "Jun 9, 2016", "Nov 1, 1999"],
    references: [
      { who: "target (ours)", program: "\\u\\l\\l \\d+, \\d\\d\\d\\d", logLikelihood: -115.89327584508109 },
      { who: "baseline", program: ".+", logLikelihood: -299.6772362055836 },
    ],
    ours: {
      program: "\\u\\l\\l 1?\\d?, \\d(0|9)\\d\\d",
      rank: 1,
      logLikelihood: -100.52456709300559,
      origin: "variation",
    },
  },
  {
    name: "hyphenated initials (figure 8, concept 1)",
    source: "four of five input strings legible; only the MWS regex is legible with certainty",
    strings: ["-G-T-", "-N-M-K-", "-P-N-H-T-", "-V-Z-R-"],
    references: [
      { who: "paper MWS", program: "-\\u-(\\u-)+", logLikelihood: -44.64233590073734 },
      { who: "baseline", program: ".+", logLikelihood: -147.2098704167779 },
    ],
    ours: { program: "(-\\u)+-\\u-", rank: 1, logLikelihood: -44.64233590073735, origin: "variation" },
  },
  {
    name: "bracketed small number (figure 8, concept 2)",
    source:
      "all five legible; the same regex is printed for all three algorithms; brackets and the first dot are literals",
    strings: ["[0.015]", "[0.0175]", "[0.035]", "[0.03]", "[0.0475]"],
    references: [
      { who: "paper RWS, VIMCO and MWS", program: "[0\\.0\\d+]", logLikelihood: -32.9530550090939 },
      { who: "baseline", program: ".+", logLikelihood: -189.26983339300017 },
    ],
    ours: { program: "[0\\.\\d\\d+]", rank: 1, logLikelihood: -44.465980474064125, origin: "variation" },
  },
  {
    name: "z score (figure 8, concept 3)",
    source: "all five legible; the printed regexes do not escape dots, the escapes here are our reading",
    strings: ["Z:-0.11", "Z:-0.85", "Z:0.03", "Z:0.74", "Z:1.39"],
    references: [
      { who: "paper MWS", program: "Z:-?\\d\\.\\d\\d", logLikelihood: -38.00451229771041 },
      { who: "paper VIMCO", program: "Z:.+\\.\\d\\d", logLikelihood: -59.82831853413494 },
      { who: "baseline", program: ".+", logLikelihood: -168.239851904889 },
    ],
    ours: { program: "Z:?-?\\d\\.\\d\\d", rank: 1, logLikelihood: -41.47024820051014, origin: "variation" },
  },
  {
    name: "school mailbox (figure 8, concept 6)",
    source: "three of five input strings legible",
    strings: ["sch488@sfusd.edu", "sch490@sfusd.edu", "sch603@sfusd.edu"],
    references: [
      { who: "paper RWS and MWS", program: "sch\\d\\d\\d@sfusd\\.edu", logLikelihood: -20.72326583694641 },
      { who: "paper VIMCO", program: "sch\\d\\d\\d@sfusd\\.\\l\\l\\l", logLikelihood: -50.046134679139755 },
      { who: "baseline", program: ".+", logLikelihood: -252.3597778573335 },
    ],
    ours: { program: "sch.\\d\\d@sfusd\\.edu", rank: 1, logLikelihood: -27.508555132367782, origin: "variation" },
  },
  {
    name: "pounds (figure 8, concept 7)",
    source: "three of five input strings legible (the initial of the third may be misread)",
    strings: ["L - 25.2 lbs.", "L - 31.0 lbs.", "S - 8.6 lbs."],
    references: [
      { who: "paper MWS", program: "\\u - \\d+\\.\\d lbs\\.", logLikelihood: -31.66070626081654 },
      { who: "paper RWS and VIMCO", program: "L - \\d\\d\\.\\d lbs\\.", logLikelihood: null },
      { who: "baseline", program: ".+", logLikelihood: -199.78482413705575 },
    ],
    ours: {
      program: "(L|S|1) - \\d\\d?\\.\\d lbs\\.",
      rank: 1,
      logLikelihood: -23.272711007871983,
      origin: "variation",
    },
  },
  {
    name: "-us words (figure 8, concept 8)",
    source: "four input strings legible",
    strings: ["indus", "midwous", "midwus", "totus"],
    references: [
      { who: "paper MWS", program: "\\l\\l\\l+us", logLikelihood: -53.72347833424185 },
      { who: "paper RWS", program: "\\l\\l\\l\\l\\l+", logLikelihood: -79.7882506384137 },
      { who: "baseline", program: ".+", logLikelihood: -120.92239355663898 },
    ],
    ours: { program: "\\l+us", rank: 1, logLikelihood: -59.26865577872141, origin: "variation" },
  },
  {
    name: "short codes (figure 8, concept 5)",
    source: "four input strings legible, the fifth ends in 2",
    strings: ["F3", "M", "MB", "MC"],
    references: [
      { who: "paper MWS", program: "\\u+\\d?", logLikelihood: -28.782636126722394 },
      { who: "paper RWS", program: "\\u\\w?", logLikelihood: -28.186378029460986 },
      { who: "paper VIMCO", program: "\\u.*", logLikelihood: -31.57746099040905 },
      { who: "baseline", program: ".+", logLikelihood: -36.802467604194476 },
    ],
    ours: { program: "\\u(\\u|.)?", rank: 1, logLikelihood: -28.485611976985503, origin: "variation" },
  },
];
