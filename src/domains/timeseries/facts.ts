// Plain records that cross to the page: what the data is (sent once) and the domain's picture (sent with snapshots).

/** How a person's column became a series: value = mean + deviation * standardised, time = first + step * index. */
export type OwnScale = {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly first: number;
  readonly step: number;
  /** Heading of the time column, "" where there is none: then time counts the rows from 1. */
  readonly timeName: string;
  /** True where times are milliseconds since 1970 and are to be shown as dates. */
  readonly isDate: boolean;
  /** What spans of time are told in, and how many units of the time axis one is: "months", 30.4 days in milliseconds. */
  readonly span: { readonly one: string; readonly many: string; readonly length: number };
  /** Values that followed the ones that the lab sees, standardised likewise: the truth behind the extrapolation. */
  readonly future: readonly number[];
};

/** DataFacts.data for time series. Training series first, then a person's own. */
export type SeriesData = {
  readonly kind: "timeseries";
  readonly count: number;
  /** n, and the distance of neighbouring points; x of point i is -2 + spacing * i. */
  readonly points: number;
  readonly spacing: number;
  /** [count, n] */
  readonly values: Float32Array;
  /** Generating expression of each series, printed; "" where nobody knows one. */
  readonly truths: readonly string[];
  /** Of the person's own series, in order. */
  readonly own: readonly OwnScale[];
  /** One sentence on how a person's file became series, "" without one. */
  readonly note: string;
};

/** One expression with parameters, fitted to the series on show. All curves are in the series' standardised unit. */
export type SeriesFit = {
  /** [L] packed, and its share of the weights. */
  readonly program: Int32Array;
  readonly weight: number;
  /** [MOST_ATOMS, 3] variance, squared length scale, period; the best-weighted of K draws. */
  readonly parameters: Float32Array;
  /** log p(x | z), nats, without the length penalty. */
  readonly logLikelihood: number;
  /** Posterior mean of the noise-free curve at the n observed points. */
  readonly smooth: Float32Array;
  /** The next n points: mean, standard deviation (noise included), and three samples [3, n]. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  readonly samples: Float32Array;
  /** The addends of the expanded expression with what each contributes over all 2 n points; sums to smooth and mean. */
  readonly components: readonly { readonly printed: string; readonly words: string; readonly curve: Float32Array }[];
};

/** Snapshot.picture for time series. */
export type SeriesPicture = {
  readonly kind: "timeseries";
  readonly step: number;
  readonly selected: number;
  /** Up to three best expressions of the series on show, best first; of the memory, or of the latest particles. */
  readonly fits: readonly SeriesFit[];
  /** Classes of covariances: equal numbers mark expressions of the memory on show with the same kernel (12, same kernel). */
  readonly sameKernel: readonly { readonly program: Int32Array; readonly group: number }[];
  /** [count] 1 where the best remembered expression has the generating kernel, 0 where not, 255 where unknown. */
  readonly isRecovered: Uint8Array;
  /** Dreams: [6, L] packed and [6, n]. */
  readonly dreams: { readonly programs: Int32Array; readonly values: Float32Array };
};
