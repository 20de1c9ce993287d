// Gradient of a convolution with respect to its input, on the wasm kernels. A strided convolution is split into
// stride x stride phases, each an ordinary product over the output's gradient, so nothing is scattered.

import { allocate, writeProduct } from "../assembly/jobs";
import { isFull, type PlannedConv } from "./plan";
import { DERIVATIVE, gradientOf, type LayerTensors, MIN_ROWS, type WasmContext } from "./wasmLayer";
import type { PaddedPlace } from "./wasmPlaces";
import { type Border, offsetTable, positionsOf } from "./wasmTensor";

/** The border that the gradient of a convolution's output needs, so that every phase reads zeros outside the image. */
export function gradientBorder(layer: PlannedConv): Border {
  if (isFull(layer)) return [0, 0];
  return [borderAlong(layer, 0), borderAlong(layer, 1)];
}

function borderAlong(layer: PlannedConv, axis: 0 | 1): number {
  const { stride } = layer;
  let border = 0;
  for (let tap = 0; tap < layer.kernel[axis]; tap++) {
    for (let at = 0; at < layer.input[axis]; at++) {
      const scaled = at + layer.padding[axis] - tap;
      if (scaled % stride !== 0) continue;
      border = Math.max(border, -scaled / stride, scaled / stride - (layer.output[axis] - 1));
    }
  }
  return border;
}

/** Packs the transposed weights; computes the gradient of the layer's input from that of its output. */
export type InputGradient = { readonly pack: () => void; readonly run: (batchSize: number) => void };

/** The gradient of a convolution or dense layer with respect to its input, times the derivative of what made it. */
export function inputGradientOf(
  context: WasmContext,
  layer: PlannedConv,
  place: PaddedPlace,
  tensors: LayerTensors,
): InputGradient {
  if (isFull(layer)) return fullInputGradient(context, layer, place, tensors);
  const phases: InputGradient[] = [];
  let covers = true;
  for (let row = 0; row < layer.stride; row++) {
    for (let column = 0; column < layer.stride; column++) {
      const phase = phaseGradient(context, layer, place, tensors, [row, column]);
      if (phase === null) covers = false;
      else phases.push(phase);
    }
  }
  const { kernels, images } = context;
  const target = gradientOf(tensors.input);
  return {
    pack: () => {
      for (const phase of phases) phase.pack();
    },
    run: (batchSize) => {
      if (!covers) kernels.zero(target.address, images * target.imageBytes);
      for (const phase of phases) phase.run(batchSize);
    },
  };
}

/** Dense: delta times the transposed weights, one product for each row of the input image. */
function fullInputGradient(
  context: WasmContext,
  layer: PlannedConv,
  place: PaddedPlace,
  { input, output, inputActivation }: LayerTensors,
): InputGradient {
  const { kernels, images, parameters, scratchRows } = context;
  const [height, width] = layer.input;
  const rowFloats = width * input.channels;
  const panels = allocate(kernels, place.depth * place.columns);
  const delta = gradientOf(output);
  const target = gradientOf(input);
  const one = [[0, 0]] as const;
  const sourceRows = offsetTable(kernels, images, one, (image) => delta.at(image, 0, 0));
  const jobs = Array.from({ length: height }, (_, row) =>
    writeProduct(kernels, {
      source: delta.address,
      sourceRows,
      segments: 1,
      segmentLength: place.columns,
      segmentBytes: place.columns * 4,
      panels: panels + row * rowFloats * place.columns * 4,
      target: target.address,
      targetRows: offsetTable(kernels, images, one, (image) => target.at(image, row, 0)),
      columns: rowFloats,
      bias: 0,
      activation: DERIVATIVE[inputActivation],
      mask: input.values.address,
      maskRows: offsetTable(kernels, images, one, (image) => input.values.at(image, row, 0)),
      scratch: scratchRows,
    }),
  );
  const weights = parameters + 4 * place.weightsAt;
  return {
    pack: () => kernels.packTransposed(weights, place.depth, place.columns, panels, place.columns * 32),
    run: (batchSize) => {
      for (const job of jobs) kernels.product(job, Math.max(MIN_ROWS, batchSize));
    },
  };
}

/** The input pixels whose padded coordinates are `phase` modulo the stride; null where no tap reaches them. */
function phaseGradient(
  context: WasmContext,
  layer: PlannedConv,
  place: PaddedPlace,
  { input, output, inputActivation }: LayerTensors,
  phase: readonly [number, number],
): InputGradient | null {
  const { kernels, images, parameters, scratchRows } = context;
  const { stride, padding, kernel } = layer;
  const rowTaps = tapsOf(kernel[0], stride, phase[0]);
  const columnTaps = tapsOf(kernel[1], stride, phase[1]);
  const pixels = positionsOf(layer.input).filter(
    ([row, column]) => (row + padding[0]) % stride === phase[0] && (column + padding[1]) % stride === phase[1],
  );
  const [firstRow] = rowTaps;
  const [firstColumn] = columnTaps;
  if (firstRow === undefined || firstColumn === undefined) return null;
  if (pixels.length === 0) return { pack: () => undefined, run: () => undefined };
  const delta = gradientOf(output);
  const target = gradientOf(input);
  const depth = rowTaps.length * columnTaps.length * place.columns;
  const panels = allocate(kernels, depth * input.channels);
  const job = writeProduct(kernels, {
    source: delta.address,
    sourceRows: offsetTable(kernels, images, pixels, (image, row, column) =>
      delta.at(image, (row + padding[0] - firstRow) / stride, (column + padding[1] - firstColumn) / stride),
    ),
    segments: rowTaps.length,
    segmentLength: columnTaps.length * place.columns,
    segmentBytes: delta.rowBytes,
    panels,
    target: target.address,
    targetRows: offsetTable(kernels, images, pixels, (image, row, column) => target.at(image, row, column)),
    columns: input.channels,
    bias: 0,
    activation: DERIVATIVE[inputActivation],
    mask: input.values.address,
    maskRows: offsetTable(kernels, images, pixels, (image, row, column) => input.values.at(image, row, column)),
    scratch: scratchRows,
  });
  const taps = rowTaps.flatMap((row) => columnTaps.map((column) => row * kernel[1] + column));
  const tapFloats = input.channels * place.columns;
  return {
    pack: () => {
      for (const [index, tap] of taps.entries()) {
        const from = parameters + 4 * (place.weightsAt + tap * tapFloats);
        kernels.packTransposed(from, input.channels, place.columns, panels + index * place.columns * 32, depth * 32);
      }
    },
    run: (batchSize) => kernels.product(job, Math.max(MIN_ROWS, batchSize * pixels.length)),
  };
}

/** Kernel taps that meet this phase, largest first: their output pixels then stand in ascending order. */
function tapsOf(kernelSize: number, stride: number, phase: number): number[] {
  return Array.from({ length: kernelSize }, (_, i) => kernelSize - 1 - i).filter((tap) => tap % stride === phase);
}
