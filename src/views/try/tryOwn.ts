// What a domain brings to "Try your own": how files and text are read, how one input is drawn, shown and changed, what
// is sent to the model, and the words of the result. Each folder views/domains/<id>/ with a try.tsx exports `tryOwn`.

import type { ComponentType } from "react";
import type { DomainSpec, UserData } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { InferenceReport } from "../../engine/worker/inferences";
import type { ObservationPictureProps } from "../domainViews";

/** One input: a picture with its settings, a drawn grid, seven points. `source` is the domain's own record. */
export type TryItem = { readonly id: number; readonly name: string; readonly source: unknown };
export type NewItem = Omit<TryItem, "id">;

/** What became of a file or a pasted text: inputs, one sentence for each problem, and what is left without bad rows. */
export type ReadOutcome = {
  readonly items: readonly NewItem[];
  readonly problems: readonly string[];
  readonly rest: { readonly name: string; readonly items: readonly NewItem[] } | null;
};

/** Inputs as the model gets them, or one sentence that says why it gets nothing. */
export type Prepared =
  | {
      readonly ok: true;
      readonly userData: UserData;
      readonly options: OptionValues;
      /** One per item, as the domain's describeObservation would give it. */
      readonly seen: readonly unknown[];
      /** What is said beside "Your picture": "64 rows, 64 columns". */
      readonly note: string;
    }
  | { readonly ok: false; readonly message: string };

export type ReportItem = InferenceReport["items"][number];

/** How sure the answer is, with the rule that decided. */
export type Verdict = {
  readonly kind: "clear" | "several" | "none";
  readonly head: string;
  readonly text: string;
  readonly rule: string;
};

export type PreviewProps = {
  readonly spec: DomainSpec;
  readonly item: TryItem;
  /** The observation as it would be sent; null while nothing can be sent. */
  readonly seen: unknown;
  /** A changed source; each call can be undone. */
  readonly onChange: (source: unknown) => void;
  /** All inputs, and other ones in their place: columns of one table belong together. */
  readonly items: readonly TryItem[];
  readonly onItems: (items: readonly TryItem[]) => void;
  /** Options under which the chosen model is asked. */
  readonly own: OptionValues;
};

/** The small parameter blocks of the model that answered, by name. */
export type Theta = InferenceReport["theta"];

export type ResultProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly observation: unknown;
  readonly program: readonly number[];
  readonly printed: string;
  /** What was found for the input, and the model's small parameters. */
  readonly item: ReportItem;
  readonly theta: Theta;
};

/** What the domain's words are made from: an answer under its options. */
export type AnswerProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly item: ReportItem;
  readonly theta: Theta;
};

/** What galleries are made from: the answer for the input on show. */
export type GalleriesProps = AnswerProps & { readonly ObservationPicture: ComponentType<ObservationPictureProps> };

export type TryOwn = {
  readonly title: string;
  readonly lead: string;
  /** "picture", "pictures". */
  readonly one: string;
  readonly many: string;
  readonly find: string;
  readonly draw: string;
  readonly drop: string;
  /** The editor of an empty input stands there from the beginning: a pad to draw on. */
  readonly startsBlank?: true;
  /** Value of a file field's accept attribute. */
  readonly accept: string;
  readonly limits: { readonly items: number; readonly files: number };
  /** Models that read a person's data, the first that ships by default. */
  readonly models: readonly { readonly name: string; readonly label: string }[];
  readonly modelsLabel: string;
  /** Options of a search without any shipped model. */
  readonly untrained: OptionValues;
  readonly examples: readonly { readonly title: string; readonly make: (spec: DomainSpec) => NewItem }[];
  readonly blank: (spec: DomainSpec) => NewItem;
  readonly readFile: (file: File, spec: DomainSpec) => Promise<ReadOutcome>;
  readonly readText: (text: string, spec: DomainSpec) => ReadOutcome;
  /** `own`: the options under which the chosen model is asked. */
  readonly prepare: (items: readonly TryItem[], spec: DomainSpec, own: OptionValues) => Prepared;
  readonly Preview: ComponentType<PreviewProps>;
  /** Input, what the program expects, and the difference. */
  readonly Comparison: ComponentType<ResultProps>;
  /** "More like this" in the domain's own way; absent where samples of the model are shown. */
  readonly Galleries?: ComponentType<GalleriesProps>;
  /** What small pictures of programs are drawn with (DomainPictureContext); absent where they need nothing. */
  readonly picture?: (answer: AnswerProps) => unknown;
  readonly verdict: (answer: AnswerProps) => Verdict;
  /** What tells two programs apart on this observation, one sentence; "" if there is nothing to add. */
  readonly difference: (answer: AnswerProps, best: readonly number[], other: readonly number[]) => string;
  /** Options of "learn from my data" beyond those of the search. */
  readonly learn: OptionValues;
  /** Data set beside the person's own when learning, by the options of the search; absent where it is the domain's first. */
  readonly learnsFrom?: (options: OptionValues) => string;
  /** Options that the workbench takes over with the data. */
  readonly bench: (options: OptionValues) => OptionValues;
};

export const nothingRead: ReadOutcome = { items: [], problems: [], rest: null };

/** An outcome that is one problem. */
export function badInput(...problems: readonly string[]): ReadOutcome {
  return { items: [], problems, rest: null };
}
