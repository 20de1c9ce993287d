// One page about the domain, under the six headings that every domain has.

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A concept: five strings of one kind, such as dates, prices or product codes, at most 24 symbols each. Built-in concepts come from a seeded generator that imitates columns of spreadsheets and knows none of the answers; five more strings of each are held out. Your own columns or lines can be added.",
  },
  {
    heading: "Program",
    text: "A regular expression, read as a machine that makes strings: \\u\\l+ makes a capital and some small letters. \\d is a digit, \\u a capital, \\l a small letter, \\s a space, \\w a letter or digit, a dot anything. * is any number of times, + at least once, ? maybe, | either side, and brackets group. At most 29 tokens.",
  },
  {
    heading: "Prior",
    text: "An LSTM that writes programs token by token and is shared by all concepts: it learns that a dollar sign is often followed by digits. A mask keeps it to well-formed programs with brackets at most three deep.",
  },
  {
    heading: "Likelihood",
    text: "Exact: the probability that the program makes each string, summed over every way to make it. Repeats stop by a coin, options are kept by a coin, | takes its left side by a coin, and a class picks one of its symbols from a table; these 108 numbers are learned and shared. One string that a program cannot make rules it out.",
  },
  {
    heading: "Limits",
    text: "Only printable ASCII and TAB: other symbols can be typed into a program by hand, but the networks never write them. Programs have no memory of what they wrote, so they cannot say that two parts are equal or that numbers grow. Five strings do not fix a program: several fit, and the list shows how much each weighs.",
  },
  {
    heading: "Sources",
    text: "Hewitt, Le and Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020, section 4.3. Recognition model after Devlin and others, RobustFill, 2017. The paper's columns are not published; the generator stands in for them, so orders and gaps can be compared, absolute nats cannot.",
  },
];
