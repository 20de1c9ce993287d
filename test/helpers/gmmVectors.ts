// The format of mws-gmm.json (MWS spec 4.1): every section may be missing; non-finite scores are strings.

export type Matrix = number[][];
export type Score = number | "-inf" | "nan" | "inf";
export type Scored = { program: number[]; score: Score };
export type Marginal = {
  log_marginal: number;
  posterior_entropy: number;
  top5: { z: number[]; posterior: number }[];
  best_possible_memory_kl: Record<string, number>;
};
export type DataCase = {
  x: Matrix;
  generating_z: number[];
  clusterings: {
    z: number[];
    log_prior: number;
    log_lik: Record<string, number>;
    grad_log_lik_wrt_theta: Record<string, Matrix>;
  }[];
  marginals: Record<string, Marginal>;
};
export type RecognitionCase = {
  dataset: number;
  logits: Matrix;
  z: Matrix;
  log_q: number[];
  kl_q_posterior_true: number;
  kl_posterior_q_true: number;
};
export type EstimatorCase = Record<string, Score | Score[] | undefined>;
export type ImportanceCase = {
  dataset: number;
  theta: string;
  particles: Matrix;
  log_joint: number[];
  log_q: number[];
  normalised_weights: number[];
  num_unique: number;
  kl_aggregated_to_true_posterior: number;
};
export type MemoryCase = {
  name: string;
  M: number;
  memory_before: Scored[];
  proposals: Scored[];
  memory_after: Scored[];
  weights_after: number[];
  memory_elbo: Score;
  num_inserted: number;
  evaluations: number;
  kl_memory_posterior?: number;
};
export type Vectors = {
  format?: string;
  J?: number;
  dim?: number;
  alpha?: number;
  num_partitions?: number;
  bell_numbers_1_to_7?: number[];
  thetas?: Record<string, Matrix>;
  datasets?: DataCase[];
  recognition?: { W1: Matrix; b1: number[]; W2: Matrix; b2: number[]; cases: RecognitionCase[] };
  estimators?: EstimatorCase[];
  importance_posterior?: ImportanceCase[];
  memory_updates?: MemoryCase[];
  gmm_memory_trajectory?: { dataset: number; theta: string; log_marginal: number; steps: MemoryCase[] };
};
