import type { Refusal } from "../http/problem";

/** What an operation came to: the value that its answer's schema describes, or why not. */
export type Outcome =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | Refusal;
