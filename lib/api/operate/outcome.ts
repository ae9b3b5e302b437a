import type { Refusal } from "../http/problem";

/** The outcome of an operation: the value that its answer's schema describes, or a refusal. */
export type Outcome =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | Refusal;
