// The one wasm module: scripts/build-wasm.mjs compiles it twice, with and without relaxed SIMD.

export { alloc, zero } from "./memory.as";
export { copyPatches, packTransposed, packWeights } from "./pack.as";
export { product, productRows } from "./product.as";
export { weightGradient } from "./weightGradient.as";
export { poolBackward, poolForward } from "./pool.as";
export { maxPoolBackward, maxPoolForward } from "./maxPool.as";
export { winogradInput, winogradInputGradient, winogradOutput, winogradOutputGradient } from "./winograd.as";
export { copySloped, winogradWeightGradient, winogradWeights } from "./winogradWeights.as";
export { adam, sumSquares } from "./adam.as";
export { addRow, addRows, fillOffsets, lstmBackward, lstmForward } from "./lstm.as";
export { attend, attendBackward, maxOverRows, maxOverRowsBackward } from "./attention.as";
export { drawTokens, scoreTokens } from "./tokens.as";
export { clearPart, drawPart, gatherInputs, scorePart, spreadInputs } from "./factors.as";
export { fillRandom } from "../rng/rng.as";
export { strokeInk } from "./strokeInk.as";
export { strokeInkGradient } from "./strokeInkGradient.as";
export { strokeDeltas, strokePicture, strokePlainPixels } from "./strokePixels.as";
export { strokeWarp, strokeWarpGradient } from "./strokeWarp.as";
export { gaussianGradient, gaussianLikelihood } from "./gaussianSchur.as";
export { cuboidError, cuboidGradient, cuboidPicture } from "./cuboids.as";
