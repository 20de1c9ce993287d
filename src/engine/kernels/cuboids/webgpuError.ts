// WGSL of the cuboid renderer, second half: squared differences and their gradients, without atomic additions of floats.
// A workgroup sums over its tile's pixels in workgroup memory and writes one row; a second program adds the tiles.
// Source: scenes specification, sections 5.5 and 5.7.

import { each, integers } from "../sequence/webgpuCode";
import type { GpuProgram } from "../tfjsWebgpu";
import { BOX_NUMBERS } from "./cuboidRenderer";
import { BEGIN, BOX_BYTES, composite, DRAWING_NUMBERS, drawingCode, TILE } from "./webgpuDrawing";

const PIXELS = TILE * TILE;
const HALF = PIXELS / 2;
const SHARE = 16;

/** Least workgroup memory of any device, bytes. */
const WORKGROUP_BYTES = 16384;
/** Sums of nine numbers in pairs of pixels, and two words about which boxes are seen. */
const SUM_BYTES = 4 * BOX_NUMBERS * HALF + 8;
/** Most boxes that a workgroup has room for (and bits of a word for). */
export const MOST_BOXES = Math.min(32, Math.floor((WORKGROUP_BYTES - SUM_BYTES) / BOX_BYTES.gradient));

/** Numbers of a lane's gradient: the squared error, then one a number of a box, by bounds lo and hi and by colour. */
export function gradientNumbers(boxes: number): number {
  return boxes * BOX_NUMBERS + 1;
}

/** Difference of the pixel's colour from the observed, 0 outside the picture. */
const DIFFERENCE = `
        let at = 3 * ((i32(lanes[lane * LANE + LANE - 1]) * uniforms.side + place.y) * uniforms.side + place.x);
        var difference = vec3<f32>(0.0);
        if (isInside) { difference = colour - vec3<f32>(images[at], images[at + 1], images[at + 2]); }`;

/** Adds up `count` numbers of each invocation in three rounds (2, 8 and 16 terms); the first `kept` go to `to` and on. */
function adder(count: number): string {
  return `
      var<workgroup> sums : array<f32, ${count * HALF}>;
      fn addUp(thread : i32, own : array<f32, ${count}>, to : i32, kept : i32) {
        if (thread >= ${HALF}) {
          ${each(count, (k) => `sums[${k * HALF} + thread - ${HALF}] = own[${k}];`)}
        }
        workgroupBarrier();
        if (thread < ${HALF}) {
          ${each(count, (k) => `sums[${k * HALF} + thread] += own[${k}];`)}
        }
        workgroupBarrier();
        if (thread < ${count * SHARE}) {
          let first = thread / ${SHARE} * ${HALF} + thread % ${SHARE};
          var sum = 0.0;
          for (var k = 0; k < ${HALF}; k += ${SHARE}) { sum += sums[first + k]; }
          sums[first] = sum;
        }
        workgroupBarrier();
        if (thread < kept) {
          var sum = 0.0;
          for (var k = 0; k < ${SHARE}; k++) { sum += sums[thread * ${HALF} + k]; }
          result[to + thread] = sum;
        }
        workgroupBarrier();
      }`;
}

/** Inputs: view, lanes, images. Result: [N, tiles], each tile's sum of squared differences. No picture is written. */
export function errorProgram(boxes: number): GpuProgram {
  return {
    key: `cuboidError_${boxes}`,
    inputs: ["view", "lanes", "images"],
    uniforms: DRAWING_NUMBERS,
    isGrouped: true,
    invocations: PIXELS,
    code: `${drawingCode(boxes, false)} ${adder(1)}
      fn main() {
        ${BEGIN}
        ${composite()}
        ${DIFFERENCE}
        addUp(thread, array<f32, 1>(dot(difference, difference)), slot, select(0, 1, isReal));
      }`,
  };
}

/**
 * What a box adds at a pixel: `flow` is dL/dC, `open` the light that reaches the box, `behind` the colour behind it.
 * Every edge hands (dL/d distance) (d distance / d bound) to its two bounds; the distance's own share comes from its scale.
 */
const BACKWARD = `
      struct Sums { lo : vec3<f32>, hi : vec3<f32>, colour : vec3<f32> };
      fn onBound(bound : i32, value : f32) -> mat2x3<f32> {
        let isAxis = vec3<i32>(0, 1, 2) == vec3<i32>(bound % 3);
        let vector = select(vec3<f32>(0.0), vec3<f32>(value), isAxis);
        if (bound < 3) { return mat2x3<f32>(vector, vec3<f32>(0.0)); }
        return mat2x3<f32>(vec3<f32>(0.0), vector);
      }
      fn boundsBy(at : i32, distance : f32, flow : f32, ray : vec3<f32>) -> mat2x3<f32> {
        let code = i32(rows[at].w); let slope = slopes[at];
        let byFirst = flow * (slope.z * ray[(code >> 2u) & 3] - distance * slope.w);
        let bySecond = flow * (slope.x * ray[code & 3] - distance * slope.y);
        return onBound((code >> 4u) & 7, byFirst) + onBound(code >> 7u, bySecond);
      }
      fn rayOf(pixel : vec2<f32>) -> vec3<f32> {
        return vec3<f32>(view[0], view[1], view[2]) + pixel.x * vec3<f32>(view[3], view[4], view[5])
          + pixel.y * vec3<f32>(view[6], view[7], view[8]);
      }
      fn backward(box : i32, pixel : vec2<f32>, flow : vec3<f32>, open : f32, behind : ptr<function, vec3<f32>>) -> Sums {
        let ray = rayOf(pixel); let nearest = nearestEdge(box, pixel);
        let cover = softStep(nearest.distance); let shading = shadingOf(box, pixel);
        let paint = faces[box * FACES + 3].xyz; let shades = faces[box * FACES + 1].xyz;
        let fade = faces[box * FACES].xyz; let fadeSlope = faces[box * FACES + 2].xyz;
        let reached = open * cover.x; let lit = dot(flow, paint);
        let byCover = open * (shading.shade * lit - dot(flow, *behind));
        var bounds = boundsBy(nearest.edge, nearest.distance, byCover * cover.x * cover.y, ray);
        let byFaded = reached * lit / shading.total * (shades - shading.shade);
        let byFade = byFaded * shading.weights * fadeSlope;
        bounds += mat2x3<f32>(select(vec3<f32>(0.0), byFade, fadeSlope > vec3<f32>(0.0)),
          select(vec3<f32>(0.0), byFade, fadeSlope < vec3<f32>(0.0)));
        let byWeight = byFaded * fade;
        let byV = (byWeight * shading.rest.zxy - byWeight.yzx * shading.v.yzx) * shading.v * shading.rest;
        for (var k = 0; k < 3; k++) {
          let at = box * EDGES + 6 + k;
          bounds += boundsBy(at, distanceAt(at, pixel), byV[k], ray);
        }
        *behind = cover.x * shading.shade * paint + cover.y * *behind;
        return Sums(bounds[0], bounds[1], reached * shading.shade * flow);
      }`;

/**
 * Inputs: view, lanes, images. Result: [N, tiles, 1 + 9 n], the squared error over the tile, then the lane's coefficient
 * times its gradient by every box's bounds and colour.
 */
export function gradientProgram(boxes: number): GpuProgram {
  const width = gradientNumbers(boxes);
  return {
    key: `cuboidGradient_${boxes}`,
    inputs: ["view", "lanes", "images"],
    uniforms: DRAWING_NUMBERS,
    isGrouped: true,
    invocations: PIXELS,
    code: `${drawingCode(boxes, true)} ${adder(BOX_NUMBERS)} ${BACKWARD}
      var<workgroup> seenByAny : atomic<u32>;
      var<workgroup> seenByTile : u32;
      fn main() {
        if (localId.x == 0u) { atomicStore(&seenByAny, 0u); }
        ${BEGIN}
        var reaching : array<f32, BOXES>; var seen = 0u;
        ${composite("reaching[box] = open; seen |= 1u << u32(box);")}
        ${DIFFERENCE}
        if (isInside) { atomicOr(&seenByAny, seen); }
        workgroupBarrier();
        if (thread == 0) { seenByTile = atomicLoad(&seenByAny); }
        let to = slot * ${width};
        var numbers : array<f32, BOX>; numbers[0] = dot(difference, difference);
        addUp(thread, numbers, to, select(0, 1, isReal));
        // Boxes that nothing of the tile sees; the same uniform word for all, so that all meet at the barriers below.
        var rest = workgroupUniformLoad(&seenByTile);
        for (var k = thread; k < BOXES * BOX && isReal; k += ${PIXELS}) {
          if (((rest >> u32(k / BOX)) & 1u) == 0u) { result[to + 1 + k] = 0.0; }
        }
        let flow = 2.0 * lanes[lane * LANE + LANE - 2] * difference;
        var behind = vec3<f32>(view[10]);
        for (; rest != 0u; ) {
          let box = i32(firstLeadingBit(rest)); rest &= ~(1u << u32(box));
          var own = Sums();
          if (isInside && ((seen >> u32(box)) & 1u) == 1u) { own = backward(box, pixel, flow, reaching[box], &behind); }
          let lo = own.lo; let hi = own.hi; let paint = own.colour;
          numbers = array<f32, BOX>(lo.x, lo.y, lo.z, hi.x, hi.y, hi.z, paint.x, paint.y, paint.z);
          addUp(thread, numbers, to + 1 + box * BOX, select(0, BOX, isReal));
        }
      }`,
  };
}

/** Inputs: parts [N, tiles, width]. Writes result[first + N width]: sums over the tiles. */
export function tileSumProgram(): GpuProgram {
  return {
    key: "cuboidTileSum",
    inputs: ["parts"],
    uniforms: integers(["tiles", "width", "first"]),
    code: `fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let base = index / uniforms.width * uniforms.tiles * uniforms.width + index % uniforms.width;
        var sum = 0.0;
        for (var tile = 0; tile < uniforms.tiles; tile++) { sum += parts[base + tile * uniforms.width]; }
        result[uniforms.first + index] = sum;
      }`,
  };
}
