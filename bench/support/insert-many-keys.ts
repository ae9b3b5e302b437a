import pg from "pg";
import { env } from "@/lib/env";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { hashToken, organizationPeppers } from "@/lib/token/secret";

const atOnce = 10_000;

/** Inserts keys as the verb would create them, but in bulk and without triggers. Returns their tokens. */
export async function insertManyKeys(
  databaseUrl: string,
  organization: { readonly id: string; readonly userIds: { readonly OWNER: string } },
  count: number,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  const peppers = organizationPeppers(env().peppers, organization.id);
  const tokens: string[] = [];
  for (let start = 0; start < count; start += atOnce) {
    const ids = Array.from({ length: Math.min(atOnce, count - start) }, () => randomKeyId());
    const ours = ids.map((id) => buildToken("secret", id));
    const hashed = ours.map((token) => hashToken(token, peppers));
    const [first] = hashed;
    const names = ids.map((_, index) => `Service ${start + index}`);
    const values = [organization.id, organization.userIds.OWNER];
    await client.query(
      `INSERT INTO api_keys (id, organization_id, creator_id, live_creator_id, name, description, type,
         access_level, namespace_type, created_at)
       SELECT k.id, $1, $2, $2, k.name, 'One of many', 'secret', 'MEMBER', 'organization',
         now() - k.number * interval '1 second'
       FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS k(id, name, number)`,
      [...values, ids, names],
    );
    await client.query(
      `INSERT INTO api_key_secrets (id, organization_id, key_id, key_type, version, hash, pepper_version, created_at)
       SELECT gen_random_uuid(), $1, k.id, 'secret', 1, k.hash, $4, now()
       FROM unnest($2::text[], $3::bytea[]) AS k(id, hash)`,
      [organization.id, ids, hashed.map(({ hash }) => hash), first?.pepperVersion],
    );
    await client.query(
      `INSERT INTO api_key_roles (id, organization_id, key_id, built_in_role_id)
       SELECT gen_random_uuid(), $1, k.id, 'read_only' FROM unnest($2::text[]) AS k(id)`,
      [organization.id, ids],
    );
    tokens.push(...ours);
  }
  await client.query("ANALYZE api_keys, api_key_secrets, api_key_roles");
  await client.end();
  return tokens;
}
