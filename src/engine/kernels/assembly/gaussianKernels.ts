// The exports of lab.as.ts for Gaussian processes: gaussianColumn and gaussianSchur.as.ts. Jobs are addresses of records.

export interface GaussianKernels {
  gaussianLikelihood(job: number): void;
  gaussianGradient(job: number): void;
}
