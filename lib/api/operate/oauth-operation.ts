import type { z } from "zod";
import { z as schema } from "zod";
import type { OAuthFailure, OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import { wordIssue } from "@/lib/schemas/word-issue";
import type { Refusal } from "../http/problem";
import { bodyLimits, readBody } from "../http/read-body";
import { readForm } from "../http/read-form";
import { asOfNow } from "../http/request-facts";
import type { Description } from "./description";
import type { Immutable } from "./immutable";
import type { Operation } from "./operation";
import type { Outcome } from "./outcome";
import type { Arrived } from "./parse-request";

type Definition<F extends z.ZodObject, A extends z.ZodType> = Pick<
  Description,
  "path" | "operationId" | "summary" | "description" | "permission"
> & {
  readonly credential: "client" | "client or key";
  readonly form: F;
  readonly example: z.input<F>;
  readonly answer: Description["answer"] & { readonly schema: A; readonly example: Immutable<z.output<A>> };
  readonly oauthErrors: NonNullable<Description["oauthErrors"]>;
  readonly handle: (
    request: Arrived & { readonly form: z.output<F> },
  ) => Promise<{ readonly ok: true; readonly value: Immutable<z.input<A>> } | OAuthFailure | Refusal>;
};

const nothing = schema.strictObject({});

/**
 * An OAuth 2.0 endpoint: it takes a form, ignores unknown parameters, and refuses with the error documents of RFC 6749,
 * section 5.2, which existing clients understand.
 */
export function oauthOperation<F extends z.ZodObject, A extends z.ZodType>({
  form,
  handle,
  ...definition
}: Definition<F, A>): Operation {
  return {
    ...definition,
    method: "post",
    tag: "Tokens",
    reach: "same-origin",
    isLimited: true,
    params: nothing,
    query: nothing,
    body: form,
    errors: [],
    dialect: "oauth",
    run: async (arrived): Promise<Outcome | OAuthFailure | null> => {
      const bytes = await readBody(arrived.incoming, bodyLimits);
      if (bytes === null) return null;
      if (!bytes.ok) return { ...bytes, bodyIsUnread: true };
      const parsed = parseForm(arrived, bytes.value, form);
      // The client is authenticated as of now, too: its secret may have ended while the body arrived.
      return parsed.ok ? handle({ ...arrived, facts: asOfNow(arrived.facts), form: parsed.value }) : parsed;
    },
  };
}

function parseForm<F extends z.ZodObject>(
  { incoming, url }: Arrived,
  body: Buffer,
  form: F,
): OAuthResult<z.output<F>> {
  // RFC 6749, 2.3.1, forbids parameters in the URL, which would end up in logs.
  if (new URL(url).search !== "") {
    return oauthFailure(
      "invalid_request",
      "This address takes no query string. Send the parameters in the body.",
    );
  }
  const read = readForm(incoming, body);
  if (!read.ok) return read;
  const parsed = form.safeParse(read.value, { error: wordIssue });
  if (parsed.success) return { ok: true, value: parsed.data };
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: "" };
  return oauthFailure("invalid_request", `${path.join(".")}: ${message}`);
}
