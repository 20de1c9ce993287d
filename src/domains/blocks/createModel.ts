// Builds the types, the renderer and the recognition network of a run on its backend.

import type { BackendName } from "../../engine/backend";
import { createCuboidRenderer } from "../../engine/kernels/cuboids/createCuboidRenderer";
import type { CuboidRendererSpec } from "../../engine/kernels/cuboids/cuboidRenderer";
import { planNetwork, sizeOf } from "../../engine/kernels/network/plan";
import { createNetwork } from "../../engine/nn/createNetwork";
import type { NetworkSpec } from "../../engine/nn/network";
import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { FRONT_CAMERA } from "./camera";
import { recognitionSpec } from "./encoder";
import { GenerativeModel, type LearnedTypes } from "./generative";
import { headLayout } from "./heads";
import { BlocksModel } from "./model";
import type { BlocksSettings } from "./options";
import { placesOf } from "./program";
import { Recogniser } from "./recognition";
import { sizesPerType } from "./types";

/** Memory for activations of one call of the network, and the most pictures that it takes. */
const MOST_ACTIVATION_BYTES = 96 * 2 ** 20;
const MOST_ROWS = 64;

/** How the pictures of a run are drawn. */
export function rendererSpec({ side, gridSide, shades, softness }: BlocksSettings): CuboidRendererSpec {
  const boxes = placesOf(gridSide);
  return { name: "blocks", side, boxes, camera: FRONT_CAMERA, shades, softness, background: 1 };
}

/**
 * The model with first parameters from `parameters`: the same on every backend.
 *
 * @throws LabError("backend") where the backend is missing
 */
export async function createModel(
  settings: BlocksSettings,
  backend: BackendName,
  parameters: Rng,
): Promise<BlocksModel> {
  const layout = headLayout(settings.gridSide, settings.numTypes);
  const reading = recognitionSpec(settings.encoder, settings.side, layout.width);
  const renderer = await createCuboidRenderer(rendererSpec(settings), backend);
  try {
    const network = await createNetwork(reading, backend, parameters, rowsAtOnce(reading), "phi.recognition");
    return new BlocksModel(
      new GenerativeModel(firstTypes(settings, parameters), renderer, settings),
      new Recogniser(network, layout),
    );
  } catch (thrown) {
    renderer.dispose();
    throw thrown;
  }
}

/** Raw parameters from N(0, 1). Source: scenes specification, section 1. */
function firstTypes({ numTypes, isCuboid, isColored }: BlocksSettings, parameters: Rng): LearnedTypes {
  const block = (name: string, count: number): PlainBlock => {
    const rng = parameters.fork(name);
    return new PlainBlock(
      name,
      "theta",
      Float64Array.from({ length: count }, () => rng.normal()),
    );
  };
  return {
    sizes: block("theta.sizes", numTypes * sizesPerType(isCuboid)),
    colors: isColored ? block("theta.colors", 3 * numTypes) : null,
  };
}

/** Pictures that go through the network at once: activations and their gradients are kept for each. */
function rowsAtOnce(spec: NetworkSpec): number {
  const plan = planNetwork(spec);
  const numbers = plan.layers.reduce((sum, layer) => sum + sizeOf(layer.output), plan.inputSize);
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_ACTIVATION_BYTES / (8 * numbers))));
}
