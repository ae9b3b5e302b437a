import type { ResponseConfig } from "@asteasolutions/zod-to-openapi";
import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { exampleProblem } from "../shapes/problem-json";
import { headerReferences, limitHeaders } from "./describe-headers";

export type Statuses = Readonly<Partial<Record<ErrorCode, number>>>;

/**
 * An operation's errors as responses: one per status, with the codes it can carry.
 *
 * @param statuses the statuses of codes that differ from their usual ones
 */
export function describeProblems(
  codes: readonly ErrorCode[],
  appUrl: string,
  statuses: Statuses = {},
): Record<string, { readonly name: string; readonly response: ResponseConfig }> {
  const statusOf = (code: ErrorCode) => statuses[code] ?? errorStatus[code];
  const used = [...new Set(codes.map(statusOf))].sort();
  return Object.fromEntries(
    used.map((status) => {
      const here = codes.filter((code) => statusOf(code) === status);
      return [
        status,
        { name: here.map(pascalCase).join("Or"), response: describeStatus(status, here, appUrl) },
      ];
    }),
  );
}

function describeStatus(status: number, codes: readonly ErrorCode[], appUrl: string): ResponseConfig {
  return {
    description: `${codes.map((code) => errorTitles[code]).join("; ")}.`,
    headers: headerReferences(status, [
      ...limitHeaders,
      ...(codes.includes("rate_limited") ? (["Retry-After"] as const) : []),
    ]),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { type: "object", properties: { status: { const: status }, code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            { summary: errorTitles[code], value: { ...exampleProblem(code, appUrl), status } },
          ]),
        ),
      },
    },
  };
}

function pascalCase(code: string): string {
  return code.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
