// From a drawing of any size to the 28 x 28 bits that the model sees: area average, then a threshold on the share of ink.
// Source: MWS specification, section 3.6 (105 x 105 Omniglot drawings, threshold 0.2 to 0.3).

/** Share of ink from which a cell of the small picture counts as ink. */
export const DEFAULT_THRESHOLD = 0.2;

type Spans = { readonly index: Int32Array; readonly weight: Float64Array; readonly from: Int32Array };

/** Which part of a drawing's side the result shows: from `begin`, `length` long, in its pixels; may reach outside. */
export type Window = { readonly begin: number; readonly length: number };

/** For each of `to` cells the source pixels that it covers and the share of the cell that each fills. */
function spansOf(size: number, to: number, window: Window): Spans {
  const [index, weight, from]: [number[], number[], number[]] = [[], [], [0]];
  const ratio = window.length / to;
  for (let t = 0; t < to; t++) {
    const begin = Math.max(0, window.begin + t * ratio);
    const end = Math.min(size, window.begin + (t + 1) * ratio);
    for (let s = Math.floor(begin); s < Math.ceil(end - 1e-9); s++) {
      index.push(s);
      weight.push((Math.min(end, s + 1) - Math.max(begin, s)) / ratio);
    }
    from.push(index.length);
  }
  return { index: Int32Array.from(index), weight: Float64Array.from(weight), from: Int32Array.from(from) };
}

/** Area averages drawings of one size: every cell of the result is the mean of the source area that it covers. */
export class AreaAverage {
  private readonly rows: Spans;
  private readonly columns: Spans;
  private readonly half: Float64Array;
  readonly height: number;
  readonly width: number;
  readonly to: number;

  /** @param to side of the result @param part what it shows; all of the drawing unless given. Outside is 0. */
  constructor(height: number, width: number, to: number, part?: { readonly rows: Window; readonly columns: Window }) {
    this.height = height;
    this.width = width;
    this.to = to;
    this.rows = spansOf(height, to, part?.rows ?? { begin: 0, length: height });
    this.columns = spansOf(width, to, part?.columns ?? { begin: 0, length: width });
    this.half = new Float64Array(to * width);
  }

  /** @param values [height * width] @returns [to * to], fresh */
  of(values: ArrayLike<number>): Float64Array {
    const { rows, columns, half, width, to } = this;
    half.fill(0);
    for (let r = 0; r < to; r++) {
      for (let k = rows.from[r]!; k < rows.from[r + 1]!; k++) {
        const [source, weight] = [rows.index[k]! * width, rows.weight[k]!];
        for (let c = 0; c < width; c++) half[r * width + c]! += weight * values[source + c]!;
      }
    }
    const out = new Float64Array(to * to);
    for (let r = 0; r < to; r++) {
      for (let c = 0; c < to; c++) {
        let sum = 0;
        for (let k = columns.from[c]!; k < columns.from[c + 1]!; k++) {
          sum += columns.weight[k]! * half[r * width + columns.index[k]!]!;
        }
        out[r * to + c] = sum;
      }
    }
    return out;
  }
}

/** 1 where the share of ink is at least the threshold; rounding of the average does not decide. */
export function bitsFrom(shares: ArrayLike<number>, threshold: number): Uint8Array {
  return Uint8Array.from(shares, (share) => (share >= threshold - 1e-9 ? 1 : 0));
}
