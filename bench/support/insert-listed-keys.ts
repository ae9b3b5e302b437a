import pg from "pg";
import type { TestOrganization } from "@/e2e/support/data/test-organization";

/**
 * Keys that are listed but never presented, inserted by the database without triggers, with hashes that match no token.
 * They resemble an organization that has grown: 30 people created them, in it and in 20 applications. Of a hundred
 * keys, ten are revoked, five have expired, twenty will expire and one is deleted; two thirds were used. Four in five
 * have a subject, half have a common label and one in five thousand a rare one; one in two thousand is paused.
 */
export async function insertListedKeys(
  databaseUrl: string,
  organization: TestOrganization,
  count: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  // Recreated afterwards, which takes a tenth of the time of a million single insertions.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = 'api_keys' AND indexname ~ '^api_keys_(by_|paused|revoked|search)'`,
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${client.escapeIdentifier(name)}`);
  for (const statement of statements) {
    await client.query(
      statement
        .replaceAll(":organization", `${client.escapeLiteral(organization.id)}::uuid`)
        .replaceAll(":owner", `${client.escapeLiteral(organization.userIds.OWNER)}::uuid`)
        .replaceAll(":count", String(count)),
    );
  }
  for (const { definition } of indexes) await client.query(definition);
  // Autovacuum would do this some time after so many rows.
  await client.query("VACUUM ANALYZE users, applications, api_keys, api_key_secrets, api_key_roles");
  await client.end();
}

const statements = [
  `CREATE TEMPORARY TABLE people AS
   SELECT number, CASE number WHEN 0 THEN :owner ELSE gen_random_uuid() END AS id FROM generate_series(0, 29) number`,
  `INSERT INTO users (id, email, name)
   SELECT id, 'person-' || id || '@example.com', 'Person ' || number FROM people WHERE number > 0`,
  `INSERT INTO members (organization_id, user_id, access_level)
   SELECT :organization, id, 'OWNER' FROM people WHERE number > 0`,
  `CREATE TEMPORARY TABLE places AS SELECT number, gen_random_uuid() AS id FROM generate_series(1, 20) number`,
  `INSERT INTO applications (id, organization_id, name)
   SELECT id, :organization, 'Storefront ' || number FROM places`,
  // Different primes spread the values over the rows, so that no two of these attributes correlate.
  `CREATE TEMPORARY TABLE listed AS
   SELECT substr(md5(:organization || numbers.number::text), 1, 16) AS id, numbers.number,
     numbers.number * 7 % 100 AS fate,
     numbers.number * 11 % 97 AS trait, people.id AS creator_id, places.id AS application_id
   FROM (SELECT generate_series(1, :count) AS number) numbers
   JOIN people ON people.number = numbers.number * 13 % 30
   LEFT JOIN places ON places.number = numbers.number % 200`,
  `INSERT INTO api_keys (id, organization_id, creator_id, live_creator_id, name, description, type, access_level,
     namespace_type, application_id, created_at, expires_at, revoked_at, revocation_reason, deleted_at, last_used_at,
     subject, labels, paused_at, paused_by_id)
   SELECT id, :organization, creator_id, CASE WHEN fate >= 11 THEN creator_id END, 'Service ' || number,
     'Called by job ' || number % 5000, CASE WHEN trait = 0 THEN 'public' ELSE 'secret' END::key_type,
     CASE WHEN trait < 80 THEN 'MEMBER' WHEN trait < 95 THEN 'ADMIN' ELSE 'OWNER' END::access_level,
     CASE WHEN application_id IS NULL THEN 'organization' ELSE 'application' END::namespace_type, application_id,
     now() - number * interval '1 minute',
     CASE WHEN fate BETWEEN 11 AND 15 THEN now() - number * interval '1 second'
       WHEN fate BETWEEN 16 AND 35 THEN now() + number * interval '1 minute' END,
     CASE WHEN fate < 11 THEN now() END, CASE WHEN fate < 11 THEN 'person' END::revocation_reason,
     CASE WHEN fate = 0 THEN now() END,
     CASE WHEN trait % 3 > 0 THEN now() - number::bigint * 7919 % 100000 * interval '1 second' END,
     CASE WHEN number % 5 > 0 THEN 'cus_' || number / 3 END,
     CASE WHEN number % 2 = 0 THEN '{"env": "prod"}' ELSE '{}' END::jsonb
       || CASE WHEN number % 5000 = 6 THEN '{"team": "billing"}' ELSE '{}' END::jsonb,
     CASE WHEN number % 2000 = 7 THEN now() END, CASE WHEN number % 2000 = 7 THEN creator_id END
   FROM listed`,
  `INSERT INTO api_key_secrets (id, organization_id, key_id, key_type, version, hash, pepper_version, created_at, public_token)
   SELECT gen_random_uuid(), :organization, id, type, 1, sha256(id::bytea), 1, created_at,
     CASE WHEN type = 'public' THEN id END
   FROM api_keys WHERE organization_id = :organization AND id IN (SELECT id FROM listed)`,
  `INSERT INTO api_key_roles (id, organization_id, key_id, built_in_role_id)
   SELECT gen_random_uuid(), :organization, id, 'read_only' FROM listed`,
];
