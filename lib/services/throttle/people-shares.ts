import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { remember } from "@/lib/remember";
import { RateLimit } from "@/lib/verify/limits/rate-limit";
import { Shares } from "./shares";

const tooMany = "Too much is asked at once. Wait a moment, then try again.";

/**
 * What people may take of a node at once. A change never waits for somebody's searches, and the people of one organization
 * leave most of the database's connections to others; one page reads over a few of them.
 */
const shares = () =>
  remember("latchkeyPeopleShares", () => ({
    readsOfPerson: new Shares(3, 50, tooMany),
    readsOfOrganization: new Shares(4, 200, tooMany),
    changesOfPerson: new Shares(3, 50, tooMany),
    changesOfOrganization: new Shares(4, 200, tooMany),
    /** Each change leaves a row for a day, by which it is known when it is sent again. */
    changes: new RateLimit({ name: "changes", quota: 3_600, windowSeconds: 3_600 }),
  }));

type Reader = {
  readonly actor: { readonly userId: string };
  readonly organization: { readonly id: string };
};

/** Runs what a person's page or dialog reads within their share and that of their organization. Must not be nested. */
export function withinReads<T>(
  { actor, organization }: Reader,
  work: () => Promise<T>,
): Promise<T | Failure> {
  const { readsOfPerson, readsOfOrganization } = shares();
  return readsOfPerson.run(actor.userId, () => readsOfOrganization.run(organization.id, work));
}

/**
 * Runs a person's change within their share and that of the organization, if it is one in an organization. Refuses it
 * when the person made too many.
 */
export async function withinChanges<T>(
  userId: string,
  organizationId: string | null,
  work: () => Promise<T>,
): Promise<T | Failure> {
  const { changes, changesOfPerson, changesOfOrganization } = shares();
  const { allowed, retryAfterSeconds } = changes.take(userId);
  if (!allowed) {
    const detail = "You changed very many things in the last hour. Wait a moment, then try again.";
    return { ...failure("rate_limited", detail), retryAfterSeconds };
  }
  return changesOfPerson.run(userId, () =>
    organizationId === null ? work() : changesOfOrganization.run(organizationId, work),
  );
}
