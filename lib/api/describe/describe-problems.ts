import type { ResponseConfig } from "@asteasolutions/zod-to-openapi";
import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { exampleProblem } from "../shapes/problem-json";
import { headerReferences, limitHeaders } from "./describe-headers";

/** An operation's errors as responses: one per status, with the codes that it can carry. */
export function describeProblems(
  codes: readonly ErrorCode[],
  appUrl: string,
): Record<string, { readonly name: string; readonly response: ResponseConfig }> {
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => errorStatus[code] === status);
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
    headers: headerReferences(status, limitHeaders),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { type: "object", properties: { status: { const: status }, code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { summary: errorTitles[code], value: exampleProblem(code, appUrl) }]),
        ),
      },
    },
  };
}

function pascalCase(code: string): string {
  return code.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
