// The exports of lab.as.ts for cuboids: cuboids.as.ts. Jobs are addresses of records.

export interface CuboidKernels {
  cuboidPicture(job: number, count: number): void;
  cuboidError(job: number, count: number): number;
  cuboidGradient(job: number, count: number): number;
}
