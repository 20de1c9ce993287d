// The exports of winograd.as.ts and winogradWeights.as.ts. Addresses and byte counts are plain numbers.

export interface WinogradKernels {
  winogradInput(
    source: number,
    tiles: number,
    rowBytes: number,
    channels: number,
    planes: number,
    planeBytes: number,
    count: number,
  ): void;
  winogradInputGradient(
    target: number,
    tiles: number,
    rowBytes: number,
    channels: number,
    planes: number,
    planeBytes: number,
    count: number,
  ): void;
  winogradOutput(
    planes: number,
    planeBytes: number,
    channels: number,
    target: number,
    tiles: number,
    rowBytes: number,
    bias: number,
    activation: number,
    count: number,
  ): void;
  winogradOutputGradient(
    planes: number,
    planeBytes: number,
    channels: number,
    source: number,
    tiles: number,
    rowBytes: number,
    bias: number,
    count: number,
  ): void;
  winogradWeights(weights: number, planes: number, count: number): void;
  winogradWeightGradient(planes: number, gradient: number, count: number, isAdding: boolean): void;
  copySloped(
    from: number,
    fromBytes: number,
    to: number,
    toBytes: number,
    mask: number,
    maskBytes: number,
    activation: number,
    rows: number,
    floats: number,
  ): void;
}
