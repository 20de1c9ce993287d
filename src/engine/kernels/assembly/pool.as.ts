// Average pooling over windows that tile the image. Channels are a multiple of 4; rows are found through offset tables.

/** Written once by jobs.ts. Field order is the contract; every field is 4 bytes. */
@unmanaged
export class Pool {
  /** Forward: the input; backward: its gradient (overwritten). Tables hold the window origins. */
  image: usize;
  imageRows: usize;
  imageRowBytes: usize;
  channels: i32;
  windowHeight: i32;
  windowWidth: i32;
  /** Forward: the output; backward: its gradient. */
  pooled: usize;
  pooledRows: usize;
  /** Backward only: the input's activations, as in Product.activation 0, 3, 4. */
  activation: i32;
  mask: usize;
  maskRows: usize;
  maskRowBytes: usize;
}

/** Means of windows `first` to `first + count - 1`. */
export function poolForward(job: Pool, first: i32, count: i32): void {
  const channelBytes = <usize>job.channels << 2;
  const scale = f32x4.splat(<f32>1 / <f32>(job.windowHeight * job.windowWidth));
  for (let i = <usize>first << 2; i < <usize>(first + count) << 2; i += 4) {
    const from = job.image + <usize>load<u32>(job.imageRows + i), to = job.pooled + <usize>load<u32>(job.pooledRows + i);
    for (let c: usize = 0; c < channelBytes; c += 16) {
      let sum = f32x4.splat(0);
      for (let h = 0; h < job.windowHeight; h++) {
        let at = from + c + job.imageRowBytes * h;
        for (let w = 0; w < job.windowWidth; w++) { sum = f32x4.add(sum, v128.load(at)); at += channelBytes; }
      }
      v128.store(to + c, f32x4.mul(sum, scale));
    }
  }
}

/** Spreads the gradient of the first `count` windows over their inputs, times the derivative of the input's activation. */
export function poolBackward(job: Pool, count: i32): void {
  const channelBytes = <usize>job.channels << 2;
  const scale = f32x4.splat(<f32>1 / <f32>(job.windowHeight * job.windowWidth));
  const nothing = f32x4.splat(0), one = f32x4.splat(1);
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    const to = job.image + <usize>load<u32>(job.imageRows + i), mask = job.mask + <usize>load<u32>(job.maskRows + i);
    const from = job.pooled + <usize>load<u32>(job.pooledRows + i);
    for (let c: usize = 0; c < channelBytes; c += 16) {
      const share = f32x4.mul(v128.load(from + c), scale);
      for (let h = 0; h < job.windowHeight; h++) {
        let at = to + c + job.imageRowBytes * h, value = mask + c + job.maskRowBytes * h;
        for (let w = 0; w < job.windowWidth; w++) {
          let x = share;
          if (job.activation == 3) x = v128.and(x, f32x4.gt(v128.load(value), nothing));
          else if (job.activation == 4) x = f32x4.mul(x, f32x4.sub(one, f32x4.mul(v128.load(value), v128.load(value))));
          v128.store(at, x);
          at += channelBytes; value += channelBytes;
        }
      }
    }
  }
}
