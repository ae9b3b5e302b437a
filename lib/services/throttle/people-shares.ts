import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { remember } from "@/lib/remember";
import { RateLimit } from "@/lib/verify/limits/rate-limit";
import { Shares } from "./shares";

const tooMany = "Too much is asked at once. Wait a moment, then try again.";

/**
 * How much people may do on a node at once. Changes and searches have separate limits, so a change never waits for
 * somebody's searches. One organization's people leave most of the database's connections to others; reading a page
 * takes a few.
 */
const shares = () =>
  remember("latchkeyPeopleShares", () => ({
    readsOfPerson: new Shares(3, 50, tooMany),
    readsOfOrganization: new Shares(4, 200, tooMany),
    changesOfSession: new Shares(3, 50, tooMany),
    changesOfOrganization: new Shares(4, 200, tooMany),
    /** Each change is stored for a day, to recognize it when it is sent again. */
    changes: new RateLimit({ name: "changes", quota: 3_600, windowSeconds: 3_600 }),
  }));

type Reader = {
  readonly actor: { readonly userId: string };
  readonly organization: { readonly id: string };
};

/**
 * Reads for a person's page or dialog within the limits of the person and their organization. Calls must not be nested.
 */
export function withinReads<T>(
  { actor, organization }: Reader,
  work: () => Promise<T>,
): Promise<T | Failure> {
  const { readsOfPerson, readsOfOrganization } = shares();
  return readsOfPerson.run(`${actor.userId} ${organization.id}`, () =>
    readsOfOrganization.run(organization.id, work),
  );
}

/**
 * Runs a person's change within the limits of the session and, if there is one, the organization. Refuses it if too many
 * changes were made in the session.
 *
 * By session and not by person: whoever has stolen one could otherwise use up what the person needs to end it.
 */
export async function withinChanges<T>(
  sessionId: string,
  organizationId: string | null,
  work: () => Promise<T>,
): Promise<T | Failure> {
  const { changes, changesOfSession, changesOfOrganization } = shares();
  const { allowed, retryAfterSeconds } = changes.take(sessionId);
  if (!allowed) {
    const detail = "You changed very many things in the last hour. Wait a moment, then try again.";
    return { ...failure("rate_limited", detail), retryAfterSeconds };
  }
  return changesOfSession.run(`${sessionId} ${organizationId}`, () =>
    organizationId === null ? work() : changesOfOrganization.run(organizationId, work),
  );
}
