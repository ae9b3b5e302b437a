import { success } from "@/lib/core/result";
import { noQuery } from "@/lib/schemas/list-query";
import { authenticateRequest } from "../authenticate-request";
import { keyJson } from "../key-json";
import { parseQuery } from "../parse-query";
import { requestFacts } from "../request-facts";
import type { Answer, ApiContext } from "../respond";

/** `GET /v1/me`: what this credential is. Every key may ask it of itself. */
export async function answerMe(context: ApiContext): Promise<Answer> {
  const { incoming } = context.env;
  const authenticated = await authenticateRequest(incoming, requestFacts(incoming));
  if (!authenticated.ok) return authenticated;
  const query = parseQuery(context.req.url, noQuery);
  if (!query.ok) return query;
  return success({ kind: "key", ...keyJson(authenticated.value.key, authenticated.value) });
}
