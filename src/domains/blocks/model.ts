// The blocks model: generative and recognition part behind the engine's Model interface.

import type { LocalSearch } from "../../engine/localSearch";
import {
  type AlikePrograms,
  type Batch,
  type Dreams,
  emptyPrograms,
  type HybridPart,
  type Model,
  type Programs,
  type Proposals,
  type Scores,
  type Term,
} from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { alikePrograms, alikeTypes } from "./alike";
import type { GenerativeModel } from "./generative";
import { fixedDraws, integratedScores, repeatPrograms } from "./integral";
import type { ScenePictures } from "./observations";
import { distinctPrograms } from "./prior";
import type { Recogniser } from "./recognition";
import { searchNear } from "./search/searchNear";
import { varyPrograms } from "./vary";

export class BlocksModel implements Model<ScenePictures> {
  readonly programLength: number;
  readonly blocks: readonly ParameterBlock[];
  readonly hybrid: HybridPart<ScenePictures>;

  constructor(
    readonly generative: GenerativeModel,
    readonly recogniser: Recogniser,
  ) {
    const { sizes, colors } = generative.learned;
    this.programLength = generative.places;
    this.blocks = [sizes, ...(colors ? [colors] : []), recogniser.block];
    this.hybrid = {
      continuousLength: generative.places,
      proposeDiscrete: (batch, count, rng) => recogniser.propose(batch, count, rng, true),
      drawContinuous: (batch, programs, count, rng, present) =>
        this.drawContinuous(batch, programs, count, rng, present),
    };
  }

  propose(batch: Batch<ScenePictures>, numParticles: number, rng: Rng): Promise<Proposals> {
    return this.recogniser.propose(batch, numParticles, rng);
  }

  private drawContinuous(
    batch: Batch<ScenePictures>,
    programs: Programs,
    numDraws: number,
    rng: Rng,
    present?: Uint8Array,
  ): Promise<Proposals> {
    const count = programs.numParticles * programs.batchSize;
    return this.recogniser.drawContinuous(
      batch,
      repeatPrograms(programs, numDraws),
      () => rng,
      (i) => present?.[i % count] !== 0,
    );
  }

  score(batch: Batch<ScenePictures>, programs: Programs, present?: Uint8Array): Promise<Scores> {
    if (programs.continuous) return this.generative.score(batch, programs, present);
    return integratedScores(this.generative, this.recogniser, batch, programs);
  }

  /** K draws of z_c for each of the programs [N, B], [K * N, B]; the same for the same program and picture, at any time. */
  fixedDraws(batch: Batch<ScenePictures>, programs: Programs, numDraws: number): Promise<Proposals> {
    return fixedDraws(this.recogniser, batch, programs, numDraws);
  }

  logQ(batch: Batch<ScenePictures>, programs: Programs): Promise<Float64Array> {
    return this.recogniser.logQ(batch, programs);
  }

  dream(count: number, rng: Rng): Promise<Dreams<ScenePictures>> {
    return this.generative.dream(count, rng);
  }

  /** M distinct programs of the prior for every picture, fewer where there are not so many. */
  async firstPrograms(
    batch: Batch<ScenePictures>,
    memorySize: number,
    rng: Rng,
  ): Promise<{ readonly programs: Programs; readonly present: Uint8Array }> {
    const batchSize = batch.ids.length;
    const { gridSide, numTypes } = this.generative.settings;
    const length = this.programLength;
    const programs = emptyPrograms(memorySize, batchSize, length);
    const present = new Uint8Array(memorySize * batchSize);
    for (let b = 0; b < batchSize; b++) {
      const drawn = distinctPrograms(memorySize, gridSide, numTypes, rng.fork(b));
      for (let m = 0; m * length < drawn.length; m++) {
        programs.values.set(drawn.subarray(m * length, (m + 1) * length), (m * batchSize + b) * length);
        present[m * batchSize + b] = 1;
      }
    }
    return { programs, present };
  }

  vary(_batch: Batch<ScenePictures>, programs: Programs, rng: Rng): Programs {
    return varyPrograms(programs, this.generative.settings.numTypes, rng);
  }

  searchNear(batch: Batch<ScenePictures>, index: number, _rng: Rng): LocalSearch {
    const picture = batch.observations.picture(batch.ids[index]!);
    return searchNear(this.generative.settings, picture, async () => this.generative.types(), batch);
  }

  /** Scenes of types that look alike are one explanation of a given picture. */
  alike(): AlikePrograms {
    return alikePrograms(alikeTypes(this.generative.types()));
  }

  /** theta's terms go beside phi's: the renderer keeps nothing between calls, and a device is waited for once less. */
  async accumulate(terms: readonly Term<ScenePictures>[]): Promise<Float64Array> {
    const ofTheta = terms.filter(({ target }) => target === "theta");
    const ofPhi = terms.filter(({ target }) => target === "phi");
    const [theta, phi] = await Promise.all([
      this.generative.accumulateAll(ofTheta),
      this.recogniser.accumulate(ofPhi, (...asked) => this.generative.valueGradient(...asked)),
    ]);
    return Float64Array.from(terms, (term) => theta[ofTheta.indexOf(term)] ?? phi[ofPhi.indexOf(term)]!);
  }

  dispose(): void {
    this.recogniser.dispose();
    this.generative.dispose();
  }
}
