import { success } from "@/lib/core/result";
import { singlePageQuery } from "@/lib/schemas/list-query";
import { keyContext } from "@/lib/services/key-context";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";
import { authenticateRequest } from "../authenticate-request";
import { parseQuery } from "../parse-query";
import { requestFacts } from "../request-facts";
import type { Answer, ApiContext } from "../respond";

/** `GET /v1/organizations`: a key belongs to one organization, so the list has one page. */
export async function answerOrganizations(context: ApiContext): Promise<Answer> {
  const { incoming } = context.env;
  const facts = requestFacts(incoming);
  const authenticated = await authenticateRequest(incoming, facts);
  if (!authenticated.ok) return authenticated;
  const query = parseQuery(context.req.url, singlePageQuery);
  if (!query.ok) return query;

  const list = await listOrganizations(keyContext(authenticated.value, facts));
  if (!list.ok) return list;
  const data = list.value.map(({ createdAt, ...organization }) => ({
    ...organization,
    created_at: createdAt.toISOString(),
  }));
  return success({ data, next_cursor: null });
}
