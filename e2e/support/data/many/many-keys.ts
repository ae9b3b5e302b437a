import { database } from "@/lib/db/client";
import type { TestOrganization } from "../test-organization";

type Many = {
  readonly organization: Pick<TestOrganization, "id">;
  readonly count: number;
  readonly creatorId: string;
  readonly accessLevel?: "MEMBER" | "ADMIN";
  /** The key that created them, and the token family that they end with. */
  readonly madeWith?: { readonly keyId: string; readonly familyId: string };
  readonly applicationId?: string;
};

/** Inserts many keys without secrets in one statement. Creating each with the verb would take minutes. */
export async function insertManyKeys({ organization, count, creatorId, ...more }: Many): Promise<string[]> {
  const { accessLevel = "MEMBER", madeWith, applicationId } = more;
  const rows = await database().$queryRaw<{ id: string }[]>`
    INSERT INTO api_keys (id, organization_id, creator_id, live_creator_id, name, type, access_level, namespace_type,
      application_id, created_at, created_by_key_id, created_by_family_id)
    SELECT substr(md5(random()::text || n::text), 1, 16), ${organization.id}::uuid, ${creatorId}::uuid, ${creatorId}::uuid,
      'One of many', 'secret', ${accessLevel}::access_level,
      CASE WHEN ${applicationId ?? null}::uuid IS NULL THEN 'organization' ELSE 'application' END::namespace_type,
      ${applicationId ?? null}::uuid, now(), ${madeWith?.keyId ?? null}, ${madeWith?.familyId ?? null}::uuid
    FROM generate_series(1, ${count}::int) n RETURNING id`;
  return rows.map(({ id }) => id);
}
