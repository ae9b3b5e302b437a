/** Whether the response says that the change was made. */
export type Answered = boolean;

/** One change, and the new verdict, in toldVerdict's form, of the checks that it affects. */
export type Step = {
  readonly kind: string;
  readonly alters: readonly number[];
  readonly verdict: string;
  readonly perform: () => Promise<Answered>;
};

/** Requests a change from a node that the test chooses. */
export type AskNode = (method: string, path: string, body?: object) => Promise<Answered>;
