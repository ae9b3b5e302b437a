import { randomBytes } from "node:crypto";
import { database } from "@/lib/db/client";

/** Gives a key a previous secret in its grace, as an earlier roll would. */
export async function startGrace(keyId: string): Promise<void> {
  const key = await database().apiKey.findUnique({ where: { id: keyId } });
  if (key === null) return;
  const { organizationId, type: keyType } = key;
  await database().apiKeySecret.createMany({
    data: {
      organizationId,
      keyId,
      keyType,
      version: 0,
      hash: new Uint8Array(randomBytes(32)),
      pepperVersion: 1,
      publicToken: keyType === "public" ? `lk_pk_${keyId}` : null,
      createdAt: key.createdAt,
      endsAt: new Date(Date.now() + 3_600_000),
    },
    skipDuplicates: true,
  });
}
