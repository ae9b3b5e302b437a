import type { ResponseConfig, RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import type { OAuthErrorCode } from "@/lib/core/oauth-error";
import { oauthErrorMeaning, oauthErrorStatus } from "@/lib/core/oauth-error";
import type { Operation } from "../operate/operation";
import { headerReferences, limitHeaders } from "./describe-headers";

/** The error document that respond() writes for a refusal in the OAuth dialect. */
const oauthErrorJson = z
  .strictObject({
    error: z.enum(Object.keys(oauthErrorStatus) as OAuthErrorCode[]),
    error_description: z.string(),
  })
  .meta({ id: "OAuthError", description: "An error as defined in RFC 6749, section 5.2." });

/** Adds an operation's OAuth errors to its responses, one response per status. */
export function addOAuthErrors({ oauthErrors = [] }: Operation, responses: RouteConfig["responses"]): void {
  for (const status of new Set(oauthErrors.map((code) => oauthErrorStatus[code]))) {
    const here = oauthErrors.filter((code) => oauthErrorStatus[code] === status);
    const response: ResponseConfig = {
      description: here.map((code) => `\`${code}\`: ${oauthErrorMeaning[code]}`).join(" "),
      headers: headerReferences(status, limitHeaders),
      content: {
        "application/json": {
          schema: oauthErrorJson,
          examples: Object.fromEntries(
            here.map((code) => [
              code,
              { summary: code, value: { error: code, error_description: oauthErrorMeaning[code] } },
            ]),
          ),
        },
      },
    };
    responses[status] = response;
  }
}
