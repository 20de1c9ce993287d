// Max pooling over square windows that may overlap. Channels are a multiple of 4; rows are found through offset tables.
// The winner of a window is its first largest value in row-major order, remembered as a byte: its tap in the window.

/** Written once by jobs.ts. Field order is the contract; every field is 4 bytes. */
@unmanaged
export class MaxPool {
  /** Forward: the input; backward: its gradient. Tables hold the window origins. */
  image: usize;
  imageRows: usize;
  imageRowBytes: usize;
  channels: i32;
  window: i32;
  /** Forward: the output; backward: its gradient. */
  pooled: usize;
  pooledRows: usize;
  /** u8 [windows][channels]: written forward, read backward. */
  winners: usize;
  /** Backward only: the output, and as in Product.activation (0, 3, 4) the activation that made the input. */
  activation: i32;
  values: usize;
  valueRows: usize;
}

/** Largest values of windows `first` to `first + count - 1`. */
export function maxPoolForward(job: MaxPool, first: i32, count: i32): void {
  const channelBytes = <usize>job.channels << 2, rowBytes = job.imageRowBytes, window = job.window;
  const one = i32x4.splat(1);
  let winner = job.winners + <usize>(first * job.channels);
  for (let i = <usize>first << 2; i < <usize>(first + count) << 2; i += 4) {
    const from = job.image + <usize>load<u32>(job.imageRows + i), to = job.pooled + <usize>load<u32>(job.pooledRows + i);
    for (let c: usize = 0; c < channelBytes; c += 16) {
      let largest = v128.load(from + c), taps = i32x4.splat(0), tap = taps, row = from + c;
      for (let h = window; h > 0; h--) {
        let at = row;
        for (let w = window; w > 0; w--) {
          const x = v128.load(at);
          // Taps ascend, so the latest that was larger is the greatest.
          taps = i32x4.max_s(taps, v128.and(tap, f32x4.gt(x, largest)));
          largest = f32x4.pmax(largest, x);
          tap = i32x4.add(tap, one); at += channelBytes;
        }
        row += rowBytes;
      }
      v128.store(to + c, largest);
      const bytes = v128.shuffle<i8>(taps, taps, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
      v128.store32_lane(winner, bytes, 0);
      winner += 4;
    }
  }
}

/**
 * Adds the gradient of windows `first` to `first + count - 1` to their winners' (zeroed by the caller), times the
 * derivative of the activation that made the input: the winner's value is the window's.
 */
export function maxPoolBackward(job: MaxPool, first: i32, count: i32): void {
  const channelBytes = <usize>job.channels << 2, rowBytes = job.imageRowBytes, window = job.window;
  const nothing = f32x4.splat(0), one = f32x4.splat(1), step = i32x4.splat(1);
  let winner = job.winners + <usize>(first * job.channels);
  for (let i = <usize>first << 2; i < <usize>(first + count) << 2; i += 4) {
    const to = job.image + <usize>load<u32>(job.imageRows + i), from = job.pooled + <usize>load<u32>(job.pooledRows + i);
    const values = job.values + <usize>load<u32>(job.valueRows + i);
    for (let c: usize = 0; c < channelBytes; c += 16) {
      const y = v128.load(values + c);
      let slope = v128.load(from + c);
      if (job.activation == 3) slope = v128.and(slope, f32x4.gt(y, nothing));
      else if (job.activation == 4) slope = f32x4.mul(slope, f32x4.sub(one, f32x4.mul(y, y)));
      const taps = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(winner)));
      let tap = i32x4.splat(0), row = to + c;
      for (let h = window; h > 0; h--) {
        let at = row;
        for (let w = window; w > 0; w--) {
          v128.store(at, f32x4.add(v128.load(at), v128.and(slope, i32x4.eq(taps, tap))));
          tap = i32x4.add(tap, step); at += channelBytes;
        }
        row += rowBytes;
      }
      winner += 4;
    }
  }
}
