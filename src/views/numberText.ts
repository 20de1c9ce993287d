// Numbers as people read them: a real minus sign, a thin space for thousands, a fixed number of decimals.
// Every view writes its numbers through this file, so that columns line up and signs agree.

const minus = "\u2212";
const thin = "\u2009";

/** Text with the ASCII minus replaced by the real one (U+2212). */
export function withMinus(text: string): string {
  return text.replaceAll("-", minus);
}

/** Whole number with thin spaces between thousands: 12500 -> "12 500". Rounds; non-finite values read "not known". */
export function countText(value: number): string {
  if (!Number.isFinite(value)) return "not known";
  const digits = String(Math.abs(Math.round(value)));
  const grouped = digits.length > 3 ? digits.replace(/\B(?=(\d{3})+$)/g, thin) : digits;
  return value < -0.5 ? minus + grouped : grouped;
}

/** Number with a fixed count of decimals and grouped thousands; infinities read "∞" and NaN a dash. */
export function fixedText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? `${minus}∞` : "∞";
  const text = Math.abs(value).toFixed(decimals);
  const [whole = "0", part] = text.split(".");
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, thin) : whole;
  const isZero = Number(text) === 0;
  return `${value < 0 && !isZero ? minus : ""}${grouped}${part ? `.${part}` : ""}`;
}

/** A probability or weight with two decimals; positive values that would read 0.00 say "< 0.01". */
export function weightText(weight: number): string {
  if (weight > 0 && weight < 0.005) return "<\u00a00.01";
  return fixedText(weight, 2);
}

/** Nats with one decimal. */
export function natsText(value: number): string {
  return fixedText(value, 1);
}

/** A measured value as a label shows it: 1 640, 105.1, 12.16, 0.168, and two significant digits below 0.1. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return fixedText(value, 0);
  const size = Math.abs(value);
  if (size >= 1000) return countText(value);
  if (size >= 100) return fixedText(value, 1);
  if (size >= 1) return fixedText(value, 2);
  if (size === 0) return "0";
  if (size < 1e-4) return withMinus(value.toExponential(1));
  return fixedText(value, 2 + Math.max(0, -1 - Math.floor(Math.log10(size))) + (size < 0.1 ? 0 : 1));
}

/** A given value without needless digits: 0.02, 10.09, 0.0193, 1e−6. */
export function shortText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000 || !Number.isFinite(value)) return valueText(value);
  if (size > 0 && size < 1e-4) return withMinus(value.toExponential(1).replace(".0e", "e"));
  return withMinus(String(Number(value.toPrecision(size >= 10 ? 4 : 3))));
}

/** Tick label of an axis: no more decimals than the distance between neighbouring ticks needs. */
export function tickText(value: number, step: number): string {
  const size = Math.abs(step);
  if (size > 0 && size < 1e-5) return withMinus(value.toExponential(0));
  const decimals = size > 0 ? Math.min(6, Math.max(0, -Math.floor(Math.log10(size) + 1e-9))) : 0;
  const needsMore = Math.abs(Number(step.toFixed(decimals)) - step) > size * 1e-6;
  return fixedText(value, decimals + (needsMore ? 1 : 0));
}

/** Share as per cent without decimals: 0.861 -> "86 %". */
export function percentText(share: number): string {
  return `${fixedText(share * 100, 0)}\u00a0%`;
}

/** Span of time in words for axes and readouts: 65 s -> "1:05". */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
}
