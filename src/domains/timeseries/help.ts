// One page about the domain, under the six headings that every domain has.

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A series: 128 equally spaced values. Built-in series are made by the lab from random expressions. Your own (a column of a CSV file, a pasted column, a list of numbers) are brought to 128 points and standardised; what follows them can be kept back as the truth behind the forecast.",
  },
  {
    heading: "Program",
    text: "An expression of kernels with its numbers: SE * PER2 + C. WN is noise, SE smooth change, PER1 to PER4 rhythms of four lengths, C a constant level; + adds them up and * lets one change the other. At most ten symbols, so five kernels. The expression is the structure, a variance, a squared length scale and a period for each kernel are its numbers.",
  },
  {
    heading: "Prior",
    text: "One LSTM writes the expression symbol by symbol; another reads it and writes the numbers, one step per kernel, as Gaussians that are squeezed into each parameter’s range. It starts out knowing how expressions are written and learns which ones the data need.",
  },
  {
    heading: "Likelihood",
    text: "A Gaussian process with mean 0 whose covariance is the expression, plus noise of variance 0.02: exact. Ten nats are taken off for each symbol, as in the released code (three for your own series); the option Length penalty changes that. An expression that cannot be read gets minus a million nats.",
  },
  {
    heading: "Limits",
    text: "Every kernel is stationary: no trends that go on for ever, no changes of habit. The narrow parameter range of the reference leaves nearly nothing to fit, only structure to find; the wide one is for other data. Means over 40 series hang on the few that are explained badly: look at the median too, and never compare two single evaluations.",
  },
  {
    heading: "Sources",
    text: "Le, Collins, Hewitt, Ellis, Siddharth, Gershman and Tenenbaum, Hybrid Memoised Wake-Sleep, ICLR 2022. Duvenaud and others, Structure discovery in nonparametric regression through compositional kernel search, ICML 2013, for the idea of kernels as a language.",
  },
];
