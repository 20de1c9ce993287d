// One page about the domain, under the six headings that every domain has.

/** Heading and text, in the order shown. */
export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "What an observation is",
    text: "Seven points in the plane. The built-in data has 100 such sets to learn from and 100 held out, drawn once from the true model: clusters of variance 0.03 around centres that are standard normal. You can bring your own: seven rows of two numbers, as text, CSV or JSON.",
  },
  {
    heading: "What a program is",
    text: "A clustering: one letter a point, AAABBBC. The first point is A, and each new cluster takes the next letter, so every clustering has exactly one spelling. There are 877 of them, few enough to try them all: every answer on this page can be compared with the exact one.",
  },
  {
    heading: "Prior",
    text: "The Chinese restaurant process with concentration 1: a point joins an old cluster in proportion to the cluster's size, or opens a new one with mass 1. Nothing in the prior is learned.",
  },
  {
    heading: "Likelihood",
    text: "Each cluster has a centre from N(0, I), and its points are normal around it with covariance \u03a3 = \u0398\u0398\u1d40, the four learned numbers of \u03b8. The centres are integrated out exactly, so the likelihood of a clustering is a sum of at most seven closed-form terms. The picture shows the points in the colours of the best remembered clustering, with circles of one and two learned standard deviations; grey clouds sample the centre of each cluster, or a new point of it.",
  },
  {
    heading: "What it cannot do",
    text: "Always seven points in two dimensions, one covariance shared by all clusters, and centres near the origin: points beyond about 3 are improbable under any clustering. The recognition network sees raw coordinates in their given order, and it is small on purpose: when it grows certain too early, replay alone stagnates, which is the lesson of this domain.",
  },
  {
    heading: "Sources",
    text: "Hewitt, Le and Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020, section 4.1 and figure 4. The distance of RWS and VIMCO to the posterior is computed with repeated samples merged; the published code over-counts it. Aldous 1985 for the Chinese restaurant process.",
  },
];
