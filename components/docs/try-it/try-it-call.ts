import type { OperationFacts, ParameterFact } from "../reference/read-reference";

/** A field that takes one of a few values. */
export type Choice = {
  readonly name: string;
  readonly choices: readonly string[];
  readonly required: boolean;
  /** The values are written as JSON true and false. */
  readonly isBoolean: boolean;
};

/** The part of an operation that its form needs. The rest is not sent to the browser. */
export type TryItCall = {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly credential: "none" | "token" | "client";
  readonly parameters: readonly Pick<ParameterFact, "name" | "in" | "required" | "type" | "choices">[];
  readonly body: {
    readonly type: string;
    readonly example: string;
    /** Body members that are chosen from a list instead of typed. */
    readonly choices: readonly Choice[];
  } | null;
};

export function tryItCall(operation: OperationFacts): TryItCall {
  const { method, path, summary, credentials, parameters, body } = operation;
  const [first] = credentials;
  const isList = Array.isArray(body?.example);
  return {
    method,
    path,
    summary,
    credential: first === undefined ? "none" : first === "client" ? "client" : "token",
    parameters: parameters.map(({ name, in: place, required, type, choices }) => ({
      ...{ name, in: place, required, type, choices },
    })),
    body: body && {
      type: body.type,
      example: JSON.stringify(body.example ?? {}, null, 2),
      choices: body.fields
        .filter(({ choices }) => choices.length > 0 && !isList)
        .map(({ name, choices, required, type }) => ({
          ...{ name, choices, required, isBoolean: type === "true or false" },
        })),
    },
  };
}
