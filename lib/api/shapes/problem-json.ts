import { z } from "zod";
import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { errorHelp } from "@/lib/core/error-help";

/** Errors of dashboard sessions, which programs never get. */
const dashboardOnly: ReadonlySet<ErrorCode> = new Set(["signed_out", "reauthentication_required"]);

const apiErrorCodes = (Object.keys(errorStatus) as ErrorCode[]).filter((code) => !dashboardOnly.has(code));

/** The document that problem() writes. */
export const problemJson = z
  .strictObject({
    type: z.url().meta({ description: "The page that explains the error." }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "One sentence about this request." }),
    code: z.enum(apiErrorCodes).meta({ description: "Decide by this in your program." }),
    request_id: z.string().meta({ description: "Quote it when you ask for help." }),
    errors: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "The invalid fields and what is wrong with each." }),
  })
  .meta({ id: "Problem", description: "An error, as defined by RFC 9457." });

export function exampleProblem(code: ErrorCode, appUrl: string): z.input<typeof problemJson> {
  return {
    type: `${appUrl}/docs/errors#${code}`,
    title: errorTitles[code],
    status: errorStatus[code],
    detail: errorHelp[code].meaning,
    code: code as z.input<typeof problemJson>["code"],
    request_id: "5f0c6c1e-6a43-4f6f-8d6a-0f5b8f3f2c1d",
    ...(code === "invalid_request" ? { errors: [{ field: "name", message: "Name is required" }] } : {}),
  };
}
