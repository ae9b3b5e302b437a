import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditDetails } from "./record-audit-entry";

/** The details that contain a person's id. */
const personDetails = ["fromUserId", "toUserId", "userId", "invitedById", "user"] as const;

/** The names of the people in these details and ids: members, and people whom the audit log mentions. */
export async function namesInDetails(
  organizationId: OrganizationId,
  details: readonly AuditDetails[],
  ids: readonly (string | null)[] = [],
): Promise<Readonly<Record<string, string>>> {
  const named = details.flatMap((one) => personDetails.map((name) => one[name]));
  const asked = [...new Set([...named, ...ids].filter((id) => typeof id === "string"))];
  if (asked.length === 0) return {};
  const people = await database().user.findMany({
    where: {
      id: { in: asked },
      OR: [{ members: { some: { organizationId } } }, { auditEntries: { some: { organizationId } } }],
    },
    select: { id: true, name: true },
  });
  return Object.fromEntries(people.map(({ id, name }) => [id, name]));
}
