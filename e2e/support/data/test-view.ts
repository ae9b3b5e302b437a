import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";

/** A saved view of this person. @returns its id */
export async function createTestView(organizationId: string, userId: string): Promise<string> {
  const name = `View ${randomUUID().slice(0, 8)}`;
  const data = { organizationId, userId, name, query: "status=revoked" };
  return (await database().keyView.create({ data })).id;
}
