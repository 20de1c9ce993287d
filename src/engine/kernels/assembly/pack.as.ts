// Packing for the tiles: weights into panels of 8 columns (once per step), patch rows into groups of 6, 5 or 4.
// A patch row is `segments` runs of `length` floats of a zero-padded NHWC buffer, `skip` bytes apart (end to start).

/** Weights [depth][columns] -> panels [columns / 8][depth][8]. */
export function packWeights(weights: usize, depth: i32, columns: i32, panels: usize): void {
  for (let j = 0; j < columns; j += 8) {
    let from = weights + (<usize>j << 2);
    for (let k = 0; k < depth; k++) {
      v128.store(panels, v128.load(from));
      v128.store(panels, v128.load(from, 16), 16);
      from += <usize>columns << 2;
      panels += 32;
    }
  }
}

/** Transposed: weights [rows][columns] -> for each 8 rows a panel [columns][8], panels `panelBytes` apart. */
export function packTransposed(weights: usize, rows: i32, columns: i32, panels: usize, panelBytes: usize): void {
  const rowBytes = <usize>columns << 2;
  for (let j = 0; j < rows; j += 8) {
    for (let half = 0; half < 2; half++) {
      transpose4(weights + rowBytes * (j + 4 * half), rowBytes, columns, panels + (<usize>half << 4));
    }
    panels += panelBytes;
  }
}

/** 4 rows of `columns` floats -> columns of 4 floats, 32 bytes apart. */
function transpose4(row0: usize, rowBytes: usize, columns: i32, to: usize): void {
  let row1 = row0 + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes;
  for (let k = 0; k < columns; k += 4) {
    const r0 = v128.load(row0), r1 = v128.load(row1), r2 = v128.load(row2), r3 = v128.load(row3);
    const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), 96);
    row0 += 16; row1 += 16; row2 += 16; row3 += 16; to += 128;
  }
}

/** 6 patch rows -> [depth][6]. `rows` points at 6 byte offsets from `source`. */
export function pack6(source: usize, rows: usize, segments: i32, length: i32, skip: usize, to: usize): void {
  let q0 = source + <usize>load<u32>(rows), q1 = source + <usize>load<u32>(rows, 4);
  let q2 = source + <usize>load<u32>(rows, 8), q3 = source + <usize>load<u32>(rows, 12);
  let q4 = source + <usize>load<u32>(rows, 16), q5 = source + <usize>load<u32>(rows, 20);
  for (; segments > 0; segments--) {
    let k = length;
    for (; k >= 4; k -= 4) {
      const r0 = v128.load(q0), r1 = v128.load(q1), r2 = v128.load(q2), r3 = v128.load(q3);
      let t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), 24);
      v128.store(to, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), 48);
      v128.store(to, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), 72);
      const r4 = v128.load(q4), r5 = v128.load(q5);
      t0 = v128.shuffle<i32>(r4, r5, 0, 4, 1, 5); t1 = v128.shuffle<i32>(r4, r5, 2, 6, 3, 7);
      v128.store64_lane(to, t0, 0, 16); v128.store64_lane(to, t0, 1, 40);
      v128.store64_lane(to, t1, 0, 64); v128.store64_lane(to, t1, 1, 88);
      q0 += 16; q1 += 16; q2 += 16; q3 += 16; q4 += 16; q5 += 16; to += 96;
    }
    for (; k > 0; k--) {
      store<f32>(to, load<f32>(q0)); store<f32>(to, load<f32>(q1), 4); store<f32>(to, load<f32>(q2), 8);
      store<f32>(to, load<f32>(q3), 12); store<f32>(to, load<f32>(q4), 16); store<f32>(to, load<f32>(q5), 20);
      q0 += 4; q1 += 4; q2 += 4; q3 += 4; q4 += 4; q5 += 4; to += 24;
    }
    q0 += skip; q1 += skip; q2 += skip; q3 += skip; q4 += skip; q5 += skip;
  }
}

/** 5 patch rows -> [depth][5]. */
export function pack5(source: usize, rows: usize, segments: i32, length: i32, skip: usize, to: usize): void {
  let q0 = source + <usize>load<u32>(rows), q1 = source + <usize>load<u32>(rows, 4);
  let q2 = source + <usize>load<u32>(rows, 8), q3 = source + <usize>load<u32>(rows, 12);
  let q4 = source + <usize>load<u32>(rows, 16);
  for (; segments > 0; segments--) {
    let k = length;
    for (; k >= 4; k -= 4) {
      const r0 = v128.load(q0), r1 = v128.load(q1), r2 = v128.load(q2), r3 = v128.load(q3), r4 = v128.load(q4);
      const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), 20);
      v128.store(to, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), 40);
      v128.store(to, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), 60);
      v128.store32_lane(to, r4, 0, 16); v128.store32_lane(to, r4, 1, 36);
      v128.store32_lane(to, r4, 2, 56); v128.store32_lane(to, r4, 3, 76);
      q0 += 16; q1 += 16; q2 += 16; q3 += 16; q4 += 16; to += 80;
    }
    for (; k > 0; k--) {
      store<f32>(to, load<f32>(q0)); store<f32>(to, load<f32>(q1), 4); store<f32>(to, load<f32>(q2), 8);
      store<f32>(to, load<f32>(q3), 12); store<f32>(to, load<f32>(q4), 16);
      q0 += 4; q1 += 4; q2 += 4; q3 += 4; q4 += 4; to += 20;
    }
    q0 += skip; q1 += skip; q2 += skip; q3 += skip; q4 += skip;
  }
}

/** 4 patch rows -> [depth][4]. */
export function pack4(source: usize, rows: usize, segments: i32, length: i32, skip: usize, to: usize): void {
  let q0 = source + <usize>load<u32>(rows), q1 = source + <usize>load<u32>(rows, 4);
  let q2 = source + <usize>load<u32>(rows, 8), q3 = source + <usize>load<u32>(rows, 12);
  for (; segments > 0; segments--) {
    let k = length;
    for (; k >= 4; k -= 4) {
      const r0 = v128.load(q0), r1 = v128.load(q1), r2 = v128.load(q2), r3 = v128.load(q3);
      const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), 16);
      v128.store(to, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), 32);
      v128.store(to, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), 48);
      q0 += 16; q1 += 16; q2 += 16; q3 += 16; to += 64;
    }
    for (; k > 0; k--) {
      store<f32>(to, load<f32>(q0)); store<f32>(to, load<f32>(q1), 4);
      store<f32>(to, load<f32>(q2), 8); store<f32>(to, load<f32>(q3), 12);
      q0 += 4; q1 += 4; q2 += 4; q3 += 4; to += 16;
    }
    q0 += skip; q1 += skip; q2 += skip; q3 += skip;
  }
}

/** Explicit patches for inputs of few channels: `count` rows of `rowFloats`, what lies beyond the patch stays zero. */
export function copyPatches(
  source: usize, rows: usize, segments: i32, length: i32, segmentBytes: usize, to: usize, rowFloats: i32, count: i32,
): void {
  for (let i = 0; i < count; i++) {
    let from = source + <usize>load<u32>(rows + (<usize>i << 2));
    let at = to;
    for (let h = 0; h < segments; h++) {
      for (let k = 0; k < length; k++) store<f32>(at + (<usize>k << 2), load<f32>(from + (<usize>k << 2)));
      at += <usize>length << 2;
      from += segmentBytes;
    }
    to += <usize>rowFloats << 2;
  }
}
