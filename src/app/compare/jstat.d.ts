// The part of jstat that is used; the package has no types.
declare module "jstat" {
  export const jStat: {
    readonly studentt: {
      /** Quantile of Student's t with `df` degrees of freedom. */
      readonly inv: (probability: number, df: number) => number;
    };
  };
}
