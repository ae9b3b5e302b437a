import { formatKeyId } from "@/lib/core/keys/key-id";
import type { OAuthResult } from "@/lib/core/oauth-error";
import type { Failure } from "@/lib/core/result";
import type { Origin } from "@/lib/services/access/context";
import { authenticateClient } from "@/lib/services/tokens/authenticate-client";
import type { IssueRequest } from "@/lib/services/tokens/issue-tokens";
import { issueTokens } from "@/lib/services/tokens/issue-tokens";
import { refreshTokens } from "@/lib/services/tokens/refresh-tokens";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import type { IssuedTokens } from "@/lib/services/tokens/sign-access-token";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { TestKey } from "./test-key";

function originAt(at: Date): Origin {
  return { at, address: "203.0.113.7", userAgent: "test", requestId: null };
}

/** The value of a response that must be a success. */
export function granted<T>(result: OAuthResult<T> | Failure): T {
  if (!result.ok)
    throw new Error("error" in result ? `${result.error}: ${result.description}` : result.detail);
  return result.value;
}

/** The verdict on a presented token at this time: "good", or the code of the refusal. */
export async function codeOf(token: string, at: Date): Promise<string> {
  const answer = await authenticateToken(token, at);
  return answer.ok ? "good" : answer.code;
}

/** A key's token requests at times that the test chooses. */
export function tokenClient(key: TestKey) {
  const asClient = async (at: Date): Promise<AuthenticatedKey> =>
    granted(
      await authenticateClient(
        { id: formatKeyId(key.id), secret: key.token },
        { at, address: null, userAgent: null },
      ),
    );
  const tryIssue = async (
    at: Date,
    request: Partial<IssueRequest> = {},
  ): Promise<OAuthResult<IssuedTokens>> =>
    issueTokens(await asClient(at), { scope: undefined, user: undefined, ...request }, originAt(at));
  return {
    tryIssue,
    issue: async (...asked: Parameters<typeof tryIssue>): Promise<IssuedTokens> =>
      granted(await tryIssue(...asked)),
    refresh: async (at: Date, refreshToken: string, scope?: string[]): Promise<OAuthResult<IssuedTokens>> =>
      refreshTokens(await asClient(at), { refreshToken, scope }, originAt(at)),
    revoke: async (at: Date, token: string): Promise<OAuthResult<null>> =>
      revokeToken(await asClient(at), token, originAt(at)),
  };
}
