// Generates and revokes keys forever, and prints each acknowledgement on a line. Started by the durability test, which
// kills it.
import { database, inTransaction } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import type { OrganizationId } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";

await openDatabase(loadEnv(process.env));
const { organizationId, userId } = await database().member.findFirstOrThrow({
  where: { accessLevel: "OWNER" },
});
for (let count = 1; ; count++) {
  const { id } = await inTransaction((transaction) =>
    insertKey(transaction, {
      organizationId: organizationId as OrganizationId,
      creatorId: userId,
      name: `Key ${count}`,
      description: "x".repeat(400),
      type: "secret",
      accessLevel: "MEMBER",
      namespace: { type: "organization", id: organizationId },
      roles: ["full_access"],
      createdAt: new Date(),
      expiresAt: null,
    }),
  );
  process.stdout.write(`made ${id}\n`);
  if (count % 2 === 0) continue;
  const data = { revokedAt: new Date(), revocationReason: "person", liveCreatorId: null } as const;
  await database().apiKey.update({ where: { id }, data });
  process.stdout.write(`revoked ${id}\n`);
}
