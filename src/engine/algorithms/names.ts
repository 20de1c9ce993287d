// Names of the algorithms, without their code: option tables are on the page, steps are in workers only.

/** What people read for every algorithm id. */
export const ALGORITHM_TITLES: Readonly<Record<string, string>> = {
  mws: "MWS",
  hmws: "HMWS",
  "hmws-minus": "HMWS\u2212",
  "rws-plus": "RWS+",
  rws: "RWS",
  vimco: "VIMCO",
  reinforce: "REINFORCE",
  pretraining: "Pretraining",
};

/** Ids of the registry's `algorithms`, for domains of discrete programs, and of its `hybridAlgorithms`. */
export const DISCRETE_ALGORITHMS: readonly string[] = ["mws", "rws", "vimco", "reinforce"];
export const HYBRID_ALGORITHMS: readonly string[] = ["hmws", "hmws-minus", "rws-plus", "rws", "vimco", "reinforce"];
