// The generative model p(z_d) p(z_c | z_d) p(x | z): block counts and types uniform, raw locations standard normal, the
// picture drawn from learned block types with independent Gaussian noise. theta is the types' sizes and colours, nothing
// else. Source: scenes specification, sections 1 and 6.

import { BOX_NUMBERS, type CuboidLanes, type CuboidRenderer } from "../../engine/kernels/cuboids/cuboidRenderer";
import { type Batch, emptyPrograms, type Programs, type Scores, type Term } from "../../engine/model";
import type { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { type DepthOrder, depthOrder, sortBoxes, unsortBoxes } from "./depthOrder";
import { everyRow, picturesOf, ScenePictures } from "./observations";
import type { BlocksSettings } from "./options";
import { addPlaceGradient, emptyPlaceGradient, type PlaceGradient, placeBoxes } from "./places";
import { logPriorContinuous, logPriorDiscrete, sampleProgram, sampleRaw } from "./prior";
import { placesOf } from "./program";
import { addRawColorGradient, addRawSizeGradient, type TypeTable, typesFromRaw } from "./types";

/** Raw parameters of the block types: [P] or [P, 3] sizes; [P, 3] colours, null where they are not learned. */
export type LearnedTypes = { readonly sizes: PlainBlock; readonly colors: PlainBlock | null };

/**
 * Places whose coefficient is below this share of the largest of their term are left out of gradients: of what the others
 * add up to, single precision keeps less. Of HMWS's 125 places a step this draws 31 to 50; below 1e-4 it would be 28 to 38,
 * and draws hardly ever repeat (124 of 125 differ), so that looking for equal ones does not pay.
 */
const NEGLIGIBLE = 1e-8;

/** Programs as the renderer takes them. */
type Lanes = {
  readonly programs: Int32Array;
  readonly raw: Float64Array;
  /** [N, L, 9] by place, and front to back with the place of each. */
  readonly byPlace: Float64Array;
  readonly slots: Int32Array;
  readonly drawn: CuboidLanes;
};

export class GenerativeModel {
  /** L */
  readonly places: number;
  private readonly order: DepthOrder;

  constructor(
    readonly learned: LearnedTypes,
    readonly renderer: CuboidRenderer,
    readonly settings: BlocksSettings,
  ) {
    this.places = placesOf(settings.gridSide);
    this.order = depthOrder(renderer.spec.camera, settings.gridSide);
  }

  /** Sizes and colours of the types as learned so far. */
  types(): TypeTable {
    const { sizes, colors } = this.learned;
    return typesFromRaw(sizes.values, colors?.values ?? null, this.settings.numTypes);
  }

  /** [K, B] log p(z_d), nats. */
  logPriorDiscrete({ values }: Programs): Float64Array {
    return logPriorDiscrete(values, this.settings.gridSide, this.settings.numTypes);
  }

  /** log p(x | z) where the squared error of the picture is given, nats. */
  logLikelihood(squaredError: number): number {
    const { noise } = this.settings;
    const values = 3 * this.renderer.spec.side ** 2;
    return -0.5 * (squaredError / noise ** 2 + values * Math.log(2 * Math.PI * noise ** 2));
  }

  /** Scores of programs with a continuous part. @param present [K, B] 0 leaves a place out: its scores are -Infinity */
  async score(batch: Batch<ScenePictures>, programs: Programs, present?: Uint8Array): Promise<Scores> {
    const discrete = this.logPriorDiscrete(programs);
    const kept = indicesOf(discrete.length, (i) => present?.[i] !== 0);
    const lanes = this.lanesOf(programs, kept, this.types());
    const squaredError = await this.renderer.squaredError(lanes.drawn, picturesOf(batch));
    const continuous = logPriorContinuous(lanes.programs, lanes.raw, this.settings.gridSide);
    const nothing = () => new Float64Array(discrete.length).fill(-Infinity);
    const scores = { logPrior: nothing(), logLikelihood: nothing(), logPriorDiscrete: discrete };
    for (const [lane, i] of kept.entries()) {
      scores.logPrior[i] = discrete[i]! + continuous[lane]!;
      scores.logLikelihood[i] = this.logLikelihood(squaredError[lane]!);
    }
    return scores;
  }

  /** The chosen programs, placed and sorted. */
  private lanesOf({ values, continuous, batchSize }: Programs, chosen: Int32Array, types: TypeTable): Lanes {
    const { places } = this;
    const programs = new Int32Array(chosen.length * places);
    const raw = new Float64Array(programs.length);
    for (const [lane, i] of chosen.entries()) {
      programs.set(values.subarray(i * places, (i + 1) * places), lane * places);
      raw.set(continuous!.subarray(i * places, (i + 1) * places), lane * places);
    }
    const byPlace = new Float64Array(programs.length * BOX_NUMBERS);
    placeBoxes(programs, raw, types, this.settings, byPlace);
    const boxes = new Float64Array(byPlace.length);
    const slots = new Int32Array(programs.length);
    sortBoxes(this.order, byPlace, boxes, slots);
    const drawn = { boxes, groups: chosen.map((i) => i % batchSize) };
    return { programs, raw, byPlace, slots, drawn };
  }

  /** log p(x | z) of lanes and the gradients of its weighted sum with respect to types and raw locations. */
  private async likelihoodGradient(batch: Batch<ScenePictures>, lanes: Lanes, weight: Float64Array) {
    const toError = -0.5 / this.settings.noise ** 2;
    const factor = weight.map((value) => value * toError);
    const { squaredError, gradient } = await this.renderer.gradient(lanes.drawn, picturesOf(batch), factor);
    const byPlace = new Float64Array(gradient.length);
    unsortBoxes(this.order, gradient, lanes.slots, byPlace);
    const out: PlaceGradient = emptyPlaceGradient(this.settings.numTypes, lanes.programs.length);
    addPlaceGradient(lanes.programs, lanes.raw, lanes.byPlace, byPlace, this.settings, out);
    return { logLikelihood: squaredError.map((value) => this.logLikelihood(value)), gradient: out };
  }

  /**
   * [K, B, C] gradient of log p_theta(z, x) with respect to z_c, weighted by `weight` [K, B]; 0 where that is 0. Nothing is
   * added to the blocks.
   *
   * @returns the gradient, and log p_theta(z, x) [K, B] (0 where the weight is 0)
   */
  async valueGradient(batch: Batch<ScenePictures>, programs: Programs, weight: Float64Array) {
    const { places } = this;
    const chosen = indicesOf(weight.length, (i) => weight[i] !== 0);
    const lanes = this.lanesOf(programs, chosen, this.types());
    const own = Float64Array.from(chosen, (i) => weight[i]!);
    const { logLikelihood, gradient: ofLikelihood } = await this.likelihoodGradient(batch, lanes, own);
    const logPrior = this.logPriorOfLanes(lanes);
    const gradient = new Float64Array(weight.length * places);
    const logJoint = new Float64Array(weight.length);
    for (const [lane, i] of chosen.entries()) {
      logJoint[i] = logPrior[lane]! + logLikelihood[lane]!;
      for (let place = 0; place < places; place++) {
        const at = lane * places + place;
        // Of log N(raw; 0, 1): minus raw; raw is 0 where nothing stands.
        gradient[i * places + place] = ofLikelihood.raw[at]! - own[lane]! * lanes.raw[at]!;
      }
    }
    return { gradient, logJoint };
  }

  /** Adds the gradients of theta terms, in their order; returns per term its value, nats. */
  async accumulateAll(terms: readonly Term<ScenePictures>[]): Promise<number[]> {
    const values: number[] = [];
    for (const term of terms) values.push(await this.accumulate(term));
    return values;
  }

  /** Adds the gradient of a theta term to the blocks; returns the term's value, nats. */
  async accumulate({ batch, programs, coefficient, factor }: Term<ScenePictures>): Promise<number> {
    const weight = coefficient.map((value) => value / batch.ids.length);
    if (factor === "discrete" || !programs.continuous) return dot(weight, this.logPriorDiscrete(programs));
    const least = NEGLIGIBLE * weight.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const chosen = indicesOf(weight.length, (i) => Math.abs(weight[i]!) > least);
    const types = this.types();
    const lanes = this.lanesOf(programs, chosen, types);
    const own = Float64Array.from(chosen, (i) => weight[i]!);
    const { logLikelihood, gradient } = await this.likelihoodGradient(batch, lanes, own);
    // Descent: minus the gradient.
    const { sizes, colors } = this.learned;
    addRawSizeGradient(types.sizes, negated(gradient.sizes), sizes.gradient);
    if (colors) addRawColorGradient(types.colors, negated(gradient.colors), colors.gradient);
    const { gridSide } = this.settings;
    const ofPrior =
      factor === "continuous" ? logPriorContinuous(lanes.programs, lanes.raw, gridSide) : this.logPriorOfLanes(lanes);
    return dot(own, ofPrior) + dot(own, logLikelihood);
  }

  /** [N] log p(z_d, z_c) of lanes, nats. */
  private logPriorOfLanes({ programs, raw }: Lanes): Float64Array {
    const { gridSide, numTypes } = this.settings;
    const continuous = logPriorContinuous(programs, raw, gridSide);
    return logPriorDiscrete(programs, gridSide, numTypes).map((value, lane) => value + continuous[lane]!);
  }

  /** Programs [1, N, L] with raw locations from p(z_d) p(z_c | z_d). */
  samplePrograms(count: number, rng: Rng): Programs {
    const programs = emptyPrograms(1, count, this.places);
    const own = rng.fork("programs");
    const { gridSide, numTypes } = this.settings;
    for (let n = 0; n < count; n++) sampleProgram(programs.values, n * this.places, gridSide, numTypes, own);
    return this.withLocations(programs, rng);
  }

  /** The programs with raw locations from p(z_c | z_d). */
  withLocations(programs: Programs, rng: Rng): Programs {
    const continuous = new Float64Array(programs.values.length);
    sampleRaw(programs.values, 0, continuous.length, rng.fork("locations"), continuous);
    return { ...programs, continuous };
  }

  /** [1, N] pictures of programs with raw locations: the means of p(x | z), without noise. */
  async draw(programs: Programs): Promise<ScenePictures> {
    const all = indicesOf(programs.values.length / this.places, () => true);
    const { drawn } = this.lanesOf(programs, all, this.types());
    return ScenePictures.of(await this.renderer.render(drawn.boxes), this.renderer.spec.side);
  }

  /** Pairs (z, x) of p_theta; pictures are the rendered means, without noise, as in the reference. */
  async dream(count: number, rng: Rng): Promise<{ batch: Batch<ScenePictures>; programs: Programs }> {
    const programs = this.samplePrograms(count, rng);
    return { batch: everyRow(await this.draw(programs)), programs };
  }

  dispose(): void {
    this.renderer.dispose();
  }
}

function indicesOf(count: number, isWanted: (index: number) => boolean): Int32Array {
  const wanted: number[] = [];
  for (let i = 0; i < count; i++) if (isWanted(i)) wanted.push(i);
  return Int32Array.from(wanted);
}

const negated = (values: Float64Array): Float64Array => values.map((value) => -value);

/** sum_n weight_n values_n; places of weight 0 do not count, whatever stands there. */
function dot(weight: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < weight.length; n++) if (weight[n] !== 0) sum += weight[n]! * values[n]!;
  return sum;
}
