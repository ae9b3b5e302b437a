import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { formatSequenceCursor } from "@/lib/core/list-cursor";
import { database, inTransaction } from "@/lib/db/client";
import { readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { createResource } from "@/lib/services/resources/create-resource";
import { renameResource } from "@/lib/services/resources/rename-resource";
import { createRole } from "@/lib/services/roles/create-role";
import { deleteRole } from "@/lib/services/roles/delete-role";
import { readAuditLog } from "../read-audit-log";
import { recordAuditEntry } from "../record-audit-entry";

let organization: TestOrganization;
const ids: Record<string, string> = {};

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Objects");
  await createTestKey(await createTestOrganization("Elsewhere"), { name: "Billing of others" });
  const owner = await organization.as("OWNER");
  for (const name of ["Billing", "Billing export", "100%_of it", "TelemetryIngestA"]) {
    const keyId = (await createTestKey(organization, { name, accessLevel: "MEMBER" })).id;
    value(await updateKey(owner, { keyId, name, description: "First" }));
    ids[name] = keyId;
  }
  value(await updateKey(owner, { keyId: ids.Billing ?? "", name: "Billing", description: "Sums up" }));
  value(await deleteKey(owner, { keyId: ids["Billing export"] ?? "" }));
  const role = {
    title: "Billing clerks",
    description: "",
    permissions: ["intelligence:read"],
    publishable: false,
  };
  value(await createRole(owner, { roleId: "clerk", ...role } as never));
  value(await deleteRole(owner, { roleId: "clerk", seen: undefined } as never));
  const application = { type: "application", name: "Old shop", applicationId: null } as const;
  const { id } = value(await createResource(owner, application));
  value(
    await renameResource(owner, {
      resource: { type: "application", id },
      name: "Storefront",
      seen: undefined,
    }),
  );
});

async function found(address: Record<string, string>) {
  const { query, faults } = readAuditLogAddress(address);
  expect(faults).toEqual({});
  const page = value(await readAuditLog(await organization.as("OWNER"), query));
  return page.entries.map(({ action, targetName }) => `${action} ${targetName}`);
}

describe("[L7] the audit log by the name of its entries' targets", () => {
  test("a whole name finds only its exact matches, a part of one finds all names with it", async () => {
    const own = ["key.updated Billing", "key.updated Billing"];
    expect(await found({ target: "billing" })).toEqual(own);
    expect(await found({ target: formatKeyId(ids.Billing ?? "") })).toEqual(own);
    expect(await found({ target: ids.Billing ?? "" })).toEqual(own);
    expect(await found({ target: "illin", action: "keys" })).toEqual([
      ...[
        "key.deleted Billing export",
        ...own.slice(0, 1),
        "key.updated Billing export",
        "key.updated Billing",
      ],
    ]);
    expect(await found({ target: "100%_" })).toEqual(["key.updated 100%_of it"]);
    for (const nothing of ["no such thing", "10%", "of others"]) {
      expect(await found({ target: nothing }), nothing).toEqual([]);
    }
  });

  test("deleted and renamed targets are found by the recorded name", async () => {
    expect(await found({ target: "billing export", action: "deleted" })).toEqual([
      "key.deleted Billing export",
    ]);
    expect(await found({ target: "clerk" })).toEqual([
      expect.stringContaining("role.deleted"),
      expect.stringContaining("role.created"),
    ]);
    for (const name of ["old shop", "Storefront"]) {
      expect(await found({ target: name })).toEqual([
        "application.renamed Storefront",
        "application.created Old shop",
      ]);
    }
  });

  test("16 letters may be a name or an id", async () => {
    expect(await found({ target: "TelemetryIngestA" })).toEqual(["key.updated TelemetryIngestA"]);
  });

  test("the search finds what a person did and what was done to them, and takes terms", async () => {
    const admin = await organization.as("ADMIN");
    const { name } = await database().user.findUniqueOrThrow({ where: { id: admin.actor.userId } });
    value(await revokeKey(admin, { keyId: ids["100%_of it"] ?? "" }));
    expect(await found({ search: name.toLowerCase() })).toEqual(["key.revoked 100%_of it"]);
    expect(await found({ search: "100%", target: "100%" })).toHaveLength(2);
    expect(await found({ search: "100% action:updated" })).toEqual(["key.updated 100%_of it"]);
    expect(await found({ search: 'object:"billing export" action:deleted' })).toEqual([
      "key.deleted Billing export",
    ]);
    expect(await found({ search: 'actor:"Nobody"' })).toEqual([]);
    expect(await found({ search: "nobody" })).toEqual([]);
    expect(await found({ search: formatKeyId(ids.Billing ?? "") })).toHaveLength(2);
  });

  test("pages of several targets follow each other, even for more targets than are looked up", async () => {
    const { organization: of, actor, origin } = await organization.as("OWNER");
    const of600 = Array.from({ length: 600 }, (_, at) => ({
      action: "role.updated" as const,
      target: {
        type: "role" as const,
        id: crypto.randomUUID(),
        name: at < 120 ? `many ${at}` : `more many ${at}`,
      },
      details: {},
    }));
    await inTransaction(async (transaction) => {
      const [first, ...rest] = of600;
      if (first !== undefined)
        await recordAuditEntry(transaction, { organization: of, actor, origin }, first, ...rest);
    });
    for (const part of ["any 1", "any"]) {
      const seen: number[] = [];
      for (let after: number | null = null; ; ) {
        const cursor = after === null ? {} : { cursor: formatSequenceCursor(after) };
        const { query } = readAuditLogAddress({ target: part, ...cursor });
        const page = value(await readAuditLog(await organization.as("OWNER"), query));
        seen.push(...page.entries.map(({ sequence }) => sequence));
        ({ after } = page);
        if (after === null) break;
      }
      expect(seen).toEqual([...new Set(seen)].sort((one, other) => other - one));
      expect(seen.length).toBe(of600.filter(({ target }) => target.name.includes(part)).length);
    }
  });
});
