// WGSL of the cuboid renderer, first half: set-up of boxes in workgroup memory and drawing. One workgroup draws a tile of
// 16 x 16 pixels of one picture, one invocation a pixel. Source: scenes specification, sections 5.1 to 5.4 and 5.7.
//
// A row of an edge, (value at the centre, slope along alpha, slope along beta), gives its signed distance in units of
// sigma at every pixel, so a tile that lies beyond an outline edge by more than the cut sees nothing of the box.

import { define, integers } from "../sequence/webgpuCode";
import { type GpuProgram, GROUP_ROW } from "../tfjsWebgpu";
import { BOX_NUMBERS, FADE_DISTANCE } from "./cuboidRenderer";

/** Pixels of a side of a tile; its square is the number of invocations of a workgroup. */
export const TILE = 16;
/** Numbers of a row of `lanes`: its boxes (bounds from the eye lo, hi and colour; lo.x > hi.x: absent), coefficient, picture. */
export function laneNumbers(boxes: number): number {
  return boxes * BOX_NUMBERS + 2;
}

/** Uniforms of the programs that draw: pixels of a side, tiles of a side. */
export const DRAWING_NUMBERS = integers(["side", "tiles"]);

/** Six outline edges and three between faces: rows of a box. */
const EDGES = 9;
/** Vectors of a box's faces: fade (and whether the tile sees the box), shades, slope of the fade, colour. */
const FACES = 4;
/** Bytes of a box in workgroup memory, without and with what gradients need. */
export const BOX_BYTES = { drawing: 16 * (EDGES + FACES), gradient: 16 * (2 * EDGES + FACES) };

/** Constants, workgroup memory, the set-up of a box by one invocation, and the three reads that every pixel makes. */
export function drawingCode(boxes: number, hasSlopes: boolean): string {
  return `${define({ BOXES: boxes, EDGES, FACES, TILE, LANE: laneNumbers(boxes), BOX: BOX_NUMBERS })}
    const CUT : f32 = -12.0; const FADE : f32 = ${FADE_DISTANCE};
    var<workgroup> rows : array<vec4<f32>, ${boxes * EDGES}>;
    var<workgroup> faces : array<vec4<f32>, ${boxes * FACES}>;
    ${hasSlopes ? `var<workgroup> slopes : array<vec4<f32>, ${boxes * EDGES}>;` : ""}
    ${SET_UP.replaceAll("SLOPES_ARE", hasSlopes ? "slopes[at] =" : "_ =")}
    ${PIXEL}`;
}

/**
 * The edge where the near face of axis a meets a bound of axis b: A_b = c first, A_a = -c second, with `first` and `second`
 * bounds (axis, + 3 where it is the high one). The fourth number of a row names both axes and both bounds.
 */
const SET_UP = `
    fn writeEdge(at : i32, base : i32, a : i32, b : i32, c : f32, first : i32, second : i32) {
      let entry = c * vec2<f32>(-lanes[base + second], lanes[base + first]);
      let basisA = vec2<f32>(view[3 + a], view[6 + a]); let basisB = vec2<f32>(view[3 + b], view[6 + b]);
      let slope = entry.x * basisA + entry.y * basisB;
      let square = max(dot(slope, slope), 1e-20);
      let scale = 1.0 / (sqrt(square) * view[9]);
      let middle = entry.x * view[a] + entry.y * view[b];
      rows[at] = vec4<f32>(scale * vec3<f32>(middle, slope), f32(a + 4 * b + 16 * first + 128 * second));
      SLOPES_ARE c * vec4<f32>(-scale, -dot(slope, basisA) / square, scale, dot(slope, basisB) / square);
    }
    fn writeConstant(at : i32, value : f32) {
      rows[at] = vec4<f32>(value, 0.0, 0.0, 0.0);
      SLOPES_ARE vec4<f32>(0.0);
    }
    // signs: 1 where the low face of an axis is the near one, -1 where the high one is, 0 where the eye is between them.
    fn nearBound(a : i32, signs : vec3<f32>) -> i32 { return select(a, a + 3, signs[a] < 0.0); }
    fn writeOutline(start : i32, base : i32, signs : vec3<f32>) {
      var at = start;
      for (var a = 0; a < 3; a++) {
        if (signs[a] == 0.0) { continue; }
        for (var b = 0; b < 3; b++) {
          for (var high = 0; high < 2; high++) {
            let e = f32(1 - 2 * high);
            if (b == a || signs[b] == e) { continue; }
            writeEdge(at, base, a, b, e * signs[a], nearBound(a, signs), b + 3 * high);
            at++;
          }
        }
      }
      for (; at < start + 6; at++) { writeConstant(at, 60.0); }
    }
    fn writeFacePair(at : i32, base : i32, a : i32, b : i32, signs : vec3<f32>) {
      if (signs[a] == 0.0) { writeConstant(at, -60.0); return; }
      if (signs[b] == 0.0) { writeConstant(at, 60.0); return; }
      writeEdge(at, base, a, b, signs[a] * signs[b], nearBound(a, signs), nearBound(b, signs));
    }
    // Whether a pixel of the tile lies within the cut of every outline edge.
    fn seesTile(first : i32, centre : vec2<f32>) -> bool {
      let reach = f32(TILE - 1) / f32(uniforms.side);
      for (var at = first; at < first + 6; at++) {
        let row = rows[at];
        let most = row.x + row.y * centre.x + row.z * centre.y + (abs(row.y) + abs(row.z)) * reach;
        if (most < CUT - 0.001) { return false; }
      }
      return true;
    }
    fn setUp(lane : i32, box : i32, corner : vec2<i32>) {
      let base = lane * LANE + box * BOX;
      let lo = vec3<f32>(lanes[base], lanes[base + 1], lanes[base + 2]);
      let hi = vec3<f32>(lanes[base + 3], lanes[base + 4], lanes[base + 5]);
      let isLow = lo > vec3<f32>(0.0); let isHigh = hi < vec3<f32>(0.0);
      // An absent box, and one around the eye: nothing is seen of them.
      faces[box * FACES] = vec4<f32>(0.0);
      if (lo.x > hi.x || !(any(isLow) || any(isHigh))) { return; }
      let signs = select(select(vec3<f32>(0.0), vec3<f32>(-1.0), isHigh), vec3<f32>(1.0), isLow);
      let near = select(select(vec3<f32>(0.0), -hi, isHigh), lo, isLow);
      writeOutline(box * EDGES, base, signs);
      for (var a = 0; a < 3; a++) { writeFacePair(box * EDGES + 6 + a, base, a, (a + 1) % 3, signs); }
      let size = f32(uniforms.side); let middle = 2.0 * vec2<f32>(corner) + f32(TILE);
      let sees = seesTile(box * EDGES, vec2<f32>(middle.x / size - 1.0, 1.0 - middle.y / size));
      faces[box * FACES] = vec4<f32>(min(near / FADE, vec3<f32>(1.0)), select(0.0, 1.0, sees));
      for (var a = 0; a < 3; a++) {
        faces[box * FACES + 1][a] = select(0.0, view[11 + 2 * a + select(0, 1, isHigh[a])], signs[a] != 0.0);
      }
      faces[box * FACES + 2] = vec4<f32>(select(vec3<f32>(0.0), signs / FADE, near < vec3<f32>(FADE)), 0.0);
      faces[box * FACES + 3] = vec4<f32>(lanes[base + 6], lanes[base + 7], lanes[base + 8], 0.0);
    }`;

const PIXEL = `
    fn isSeen(box : i32) -> bool { return faces[box * FACES].w > 0.0; }
    fn distanceAt(at : i32, pixel : vec2<f32>) -> f32 {
      let row = rows[at]; return row.x + row.y * pixel.x + row.z * pixel.y;
    }
    // The outline edge that is nearest from within, and its distance.
    struct Nearest { distance : f32, edge : i32 };
    fn nearestEdge(box : i32, pixel : vec2<f32>) -> Nearest {
      var nearest = Nearest(distanceAt(box * EDGES, pixel), box * EDGES);
      for (var at = box * EDGES + 1; at < box * EDGES + 6; at++) {
        let distance = distanceAt(at, pixel);
        if (distance < nearest.distance) { nearest = Nearest(distance, at); }
      }
      return nearest;
    }
    // Logistic of x, and 1 minus it without cancellation.
    fn softStep(x : f32) -> vec2<f32> {
      let odds = exp(-clamp(x, -60.0, 60.0)); let share = 1.0 / (1.0 + odds);
      return vec2<f32>(share, odds * share);
    }
    // v and 1 - v of the three face edges, what each face weighs before its fade, their total and the shade.
    struct Shading { v : vec3<f32>, rest : vec3<f32>, weights : vec3<f32>, total : f32, shade : f32 };
    fn shadingOf(box : i32, pixel : vec2<f32>) -> Shading {
      let at = box * EDGES + 6;
      let x = softStep(distanceAt(at, pixel)); let y = softStep(distanceAt(at + 1, pixel));
      let z = softStep(distanceAt(at + 2, pixel));
      let v = vec3<f32>(x.x, y.x, z.x); let rest = vec3<f32>(x.y, y.y, z.y);
      let weights = v * rest.zxy; let faded = weights * faces[box * FACES].xyz;
      let total = faded.x + faded.y + faded.z + 1e-6;
      return Shading(v, rest, weights, total, dot(faded, faces[box * FACES + 1].xyz) / total);
    }
    // Where in the picture an invocation's pixel is: column and row; and its alpha and beta on the image plane.
    fn cornerOf(tile : i32) -> vec2<i32> { return TILE * vec2<i32>(tile % uniforms.tiles, tile / uniforms.tiles); }
    fn pixelOf(place : vec2<i32>) -> vec2<f32> {
      let at = (2.0 * vec2<f32>(place) + 1.0) / f32(uniforms.side);
      return vec2<f32>(at.x - 1.0, 1.0 - at.y);
    }`;

/** What every program that draws begins with: `slot` is (lane, tile); past the last, a workgroup repeats the last. */
export const BEGIN = `
        let thread = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let isReal = group < uniforms.size; let slot = min(group, uniforms.size - 1);
        let perPicture = uniforms.tiles * uniforms.tiles; let lane = slot / perPicture;
        let corner = cornerOf(slot % perPicture);
        if (thread < BOXES) { setUp(lane, thread, corner); }
        workgroupBarrier();
        let place = corner + vec2<i32>(thread % TILE, thread / TILE); let pixel = pixelOf(place);
        let isInside = place.x < uniforms.side && place.y < uniforms.side;`;

/** Boxes front to back; `before` runs at a box that the pixel sees. Leaves the pixel's colour in `colour`. */
export function composite(before = ""): string {
  return `
        var colour = vec3<f32>(0.0); var open = 1.0;
        for (var box = 0; box < BOXES; box++) {
          if (!isSeen(box)) { continue; }
          let nearest = nearestEdge(box, pixel);
          if (nearest.distance < CUT) { continue; }
          ${before}
          let cover = softStep(nearest.distance); let shading = shadingOf(box, pixel);
          colour += open * cover.x * shading.shade * faces[box * FACES + 3].xyz;
          open *= cover.y;
        }
        colour += open * vec3<f32>(view[10]);`;
}

/**
 * Inputs: view (forward, right * tau, up * tau, width of an edge on the image plane, background, six shades), lanes.
 * Result: pictures [N, R, R, 3]; run it with one result a (lane, tile).
 */
export function pictureProgram(boxes: number): GpuProgram {
  return {
    key: `cuboidPicture_${boxes}`,
    inputs: ["view", "lanes"],
    uniforms: DRAWING_NUMBERS,
    isGrouped: true,
    invocations: TILE * TILE,
    code: `${drawingCode(boxes, false)}
      fn main() {
        ${BEGIN}
        ${composite()}
        if (isReal && isInside) {
          let to = 3 * ((lane * uniforms.side + place.y) * uniforms.side + place.x);
          result[to] = colour.x; result[to + 1] = colour.y; result[to + 2] = colour.z;
        }
      }`,
  };
}
