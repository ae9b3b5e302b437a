import { randomUUID } from "node:crypto";
import { type MemberContext, memberContext } from "@/lib/services/access/context";
import { type MadePeople, organizationSlug, people } from "../browser/people";
import { value } from "./test-organization";

/** The owner of a browser test's organization, acting at a moment of the past. */
export async function ownerContext({ userIds }: MadePeople, at: Date): Promise<MemberContext> {
  const { name, email } = people.OWNER;
  const actor = { kind: "user", userId: userIds.OWNER, name, email, sessionId: randomUUID() } as const;
  return value(
    await memberContext({ ...actor, authenticatedAt: at }, organizationSlug, {
      ...{ at, address: "198.51.100.24", userAgent: null, requestId: null },
    }),
  );
}
