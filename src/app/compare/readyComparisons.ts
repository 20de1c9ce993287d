// Comparisons that are worth seeing first. They are plain links: the plan is all there is to them.

export type ReadyComparison = {
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  /** How many groups: lines of the small picture. */
  readonly slots: number;
};

export const READY_COMPARISONS: readonly ReadyComparison[] = [
  {
    href: "#/compare?v=1&domain=automata&algorithm=mws,rws,vimco&seed=1,2&iterations=400",
    title: "MWS against RWS and VIMCO",
    summary: "Automata, ten particles, two seeds each: a memory against fresh samples",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=automata&particles=4,10,20&seed=1,2&iterations=400",
    title: "Four, ten or twenty particles",
    summary: "Automata, MWS, two seeds each: what more proposals buy",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=strings&algorithm=mws,rws,vimco&particles=5&seed=1,2&concepts=20&batch=10&iterations=150&evaluateEvery=50&charts=nllHeldOut,nllPredictive,impossible",
    title: "Strings: a memory against fresh samples",
    summary: "MWS, RWS and VIMCO on twenty columns, five particles, two seeds each",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=strokes&algorithm=mws,rws,vimco&particles=5&seed=1,2&images=100&transforms=1&batch=10&iterations=200&evaluateEvery=50&charts=bitsPerPixel,memoryBits",
    title: "Strokes: a memory against fresh samples",
    summary: "MWS, RWS and VIMCO on a hundred characters, five particles, two seeds each",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=timeseries&algorithm=hmws,rws,vimco&seed=1,2&series=40&iterations=600&evaluateEvery=100&charts=iwae100Penalised,top1,median",
    title: "Time series: structures with numbers",
    summary: "HMWS, RWS and VIMCO on forty series, fifty likelihoods a series and step each, two seeds",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=blocks&algorithm=hmws,rws,vimco&seed=1,2&scenes=60&iterations=400&evaluateEvery=50&charts=evidence,cellAccuracy,sizes",
    title: "Blocks: scenes from pictures",
    summary: "HMWS, RWS and VIMCO on sixty scenes, fifty pictures drawn a scene and step each, two seeds",
    slots: 3,
  },
  {
    href: "#/compare?v=1&domain=clusters&algorithm=mws,rws&seed=1,2,3&iterations=1000",
    title: "Clusters against the exact answer",
    summary: "MWS and RWS, three seeds each: how far from what enumeration knows",
    slots: 2,
  },
];
