// A run's history, outside React: growing typed arrays that the curves read when they draw.
// One row per record; a metric that a record lacks is NaN in its row.

import type { RunRecord } from "../../engine/run/records";

export type SeriesAxis = "step" | "time" | "proposals";

/** Points of one metric along one axis: equal lengths, only rows where the metric is finite. */
export type SeriesPoints = { readonly x: Float64Array; readonly y: Float64Array };

export class RunSeries {
  /** Grows with every append; figures compare it to know whether to draw. */
  version = 0;
  private length = 0;
  private capacity = 256;
  private step = new Float64Array(this.capacity);
  private wallMs = new Float64Array(this.capacity);
  private evaluations = new Float64Array(this.capacity);
  private readonly metrics = new Map<string, Float64Array>();
  private ticks: number[] = [];

  /** Number of records. */
  get size(): number {
    return this.length;
  }

  /** Steps at which some best program changed. */
  get newBestAt(): readonly number[] {
    return this.ticks;
  }

  /** Adds records; those at or before the last step (sent twice, or after a resume) are dropped. */
  append(records: readonly RunRecord[], newBestAt: readonly number[] = []): void {
    for (const record of records) {
      if (this.length > 0 && record.step <= (this.step[this.length - 1] ?? -1)) this.merge(record);
      else this.push(record);
    }
    const lastTick = this.ticks[this.ticks.length - 1] ?? -1;
    for (const step of newBestAt) if (step > lastTick) this.ticks.push(step);
    this.version += 1;
  }

  /** Forgets what came after `step`: a run that went back to a checkpoint. */
  truncate(step: number): void {
    while (this.length > 0 && (this.step[this.length - 1] ?? 0) > step) this.length -= 1;
    this.ticks = this.ticks.filter((tick) => tick <= step);
    this.version += 1;
  }

  /** Names of the metrics seen so far. */
  names(): readonly string[] {
    return [...this.metrics.keys()];
  }

  /** Finite points of a metric; x in steps, seconds of training, or evaluations of the joint. */
  points(metric: string, axis: SeriesAxis): SeriesPoints {
    const values = this.metrics.get(metric);
    if (!values) return { x: new Float64Array(0), y: new Float64Array(0) };
    const x = new Float64Array(this.length);
    const y = new Float64Array(this.length);
    let count = 0;
    for (let row = 0; row < this.length; row += 1) {
      const value = values[row] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      x[count] = this.abscissa(row, axis);
      y[count] = value;
      count += 1;
    }
    return { x: x.subarray(0, count), y: y.subarray(0, count) };
  }

  /** The latest finite value of a metric, or null. */
  last(metric: string): number | null {
    const values = this.metrics.get(metric);
    for (let row = this.length - 1; values && row >= 0; row -= 1) {
      const value = values[row] ?? Number.NaN;
      if (Number.isFinite(value)) return value;
    }
    return null;
  }

  /** All rows as records again, for files. */
  records(): readonly RunRecord[] {
    return Array.from({ length: this.length }, (_, row) => {
      const metrics: Record<string, number> = {};
      for (const [name, values] of this.metrics) {
        const value = values[row] ?? Number.NaN;
        if (!Number.isNaN(value)) metrics[name] = value;
      }
      return {
        step: this.step[row] ?? 0,
        wallMs: this.wallMs[row] ?? 0,
        evaluations: this.evaluations[row] ?? 0,
        metrics,
      };
    });
  }

  private abscissa(row: number, axis: SeriesAxis): number {
    if (axis === "time") return (this.wallMs[row] ?? 0) / 1000;
    return (axis === "step" ? this.step[row] : this.evaluations[row]) ?? 0;
  }

  private push(record: RunRecord): void {
    if (this.length === this.capacity) this.grow();
    const row = this.length;
    this.step[row] = record.step;
    this.wallMs[row] = record.wallMs;
    this.evaluations[row] = record.evaluations;
    this.length += 1;
    // A row can be used again after truncate.
    for (const values of this.metrics.values()) values[row] = Number.NaN;
    this.write(row, record);
  }

  /** An evaluation may complete a record that was already sent: its metrics join the same row. */
  private merge(record: RunRecord): void {
    for (let row = this.length - 1; row >= 0; row -= 1) {
      const step = this.step[row] ?? -1;
      if (step === record.step) this.write(row, record);
      if (step <= record.step) return;
    }
  }

  private write(row: number, record: RunRecord): void {
    for (const [name, value] of Object.entries(record.metrics)) this.column(name)[row] = value;
  }

  private column(name: string): Float64Array {
    const known = this.metrics.get(name);
    if (known) return known;
    const fresh = new Float64Array(this.capacity).fill(Number.NaN);
    this.metrics.set(name, fresh);
    return fresh;
  }

  private grow(): void {
    this.capacity *= 2;
    this.step = widen(this.step, this.capacity);
    this.wallMs = widen(this.wallMs, this.capacity);
    this.evaluations = widen(this.evaluations, this.capacity);
    for (const [name, values] of this.metrics) this.metrics.set(name, widen(values, this.capacity));
  }
}

function widen(values: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const wide = new Float64Array(capacity).fill(Number.NaN);
  wide.set(values);
  return wide;
}
