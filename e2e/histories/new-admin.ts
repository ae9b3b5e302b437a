import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";

/** Adds a person to the organization as an ADMIN, and returns their user id. */
export async function newAdmin(organizationId: string): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const { id: userId } = await database().user.create({ data: { name: "An admin", email } });
  await database().member.create({ data: { organizationId, userId, accessLevel: "ADMIN" } });
  return userId;
}
