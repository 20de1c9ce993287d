// The parts of a flat parameter block of an LSTM that reads a context and writes outputs, in float64, and sums of rows.

type PartName = "input" | "context" | "recurrent" | "bias" | "output" | "outputBias";
type Place = { readonly offset: number; readonly rows: number; readonly columns: number };

/** Each part as a view into the block; parts that the network lacks are empty. */
export type Views = Readonly<Record<PartName, Float64Array>>;

/** @param parts where each part stands in `flat` */
export function viewsOf(parts: Readonly<Partial<Record<PartName, Place>>>, flat: Float64Array): Views {
  const part = (name: PartName) => {
    const { offset, rows, columns } = parts[name] ?? { offset: 0, rows: 0, columns: 0 };
    return flat.subarray(offset, offset + rows * columns);
  };
  return {
    input: part("input"),
    context: part("context"),
    recurrent: part("recurrent"),
    bias: part("bias"),
    output: part("output"),
    outputBias: part("outputBias"),
  };
}

/** sum += scale * rows[row], rows as long as `sum`. */
export function addRow(sum: Float64Array, rows: Float64Array, row: number, scale: number): void {
  const at = row * sum.length;
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + scale * rows[at + i]!;
}
