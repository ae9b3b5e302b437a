import pg from "pg";
import type { TestOrganization } from "@/e2e/support/data/test-organization";

/**
 * Inserts keys that are listed but never presented, with hashes that match no token, without triggers. They resemble an
 * organization that has grown for two years: 30 people created keys in it, in its 20 applications and in their
 * workspaces. Of a hundred keys, ten are revoked, five have expired, twenty will expire, one is deleted and one is
 * over-privileged; two thirds were used, one in ten of those long ago. Four in five have a subject, half have a common
 * label and one in five thousand a rare one; one in two thousand is paused, and one in a thousand rolling.
 */
export async function insertListedKeys(
  databaseUrl: string,
  organization: TestOrganization,
  count: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  // Indexes are recreated afterwards, which takes a tenth of the time of a million single insertions.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = 'api_keys' AND indexname ~ '^api_keys_(by_|paused|revoked|over_privileged|search)'`,
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
  // In production, autovacuum does this some time after so many rows.
  await client.query(
    `VACUUM ANALYZE users, applications, workspaces, api_keys, api_key_secrets, api_key_roles, api_key_last_uses,
       api_key_usage_hours`,
  );
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
  `CREATE TEMPORARY TABLE spaces AS SELECT number, gen_random_uuid() AS id FROM generate_series(1, 20) number`,
  `INSERT INTO workspaces (id, organization_id, application_id, name)
   SELECT spaces.id, :organization, places.id, 'Production' FROM spaces JOIN places USING (number)`,
  // Different primes spread the values over the rows, so that no two of these attributes correlate.
  `CREATE TEMPORARY TABLE listed AS
   SELECT substr(md5(:organization || numbers.number::text), 1, 16) AS id, numbers.number,
     numbers.number * 7 % 100 AS fate,
     numbers.number * 11 % 97 AS trait, now() - numbers.number * interval '730 days' / :count AS created_at,
     people.id AS creator_id, places.id AS application_id, spaces.id AS workspace_id
   FROM (SELECT generate_series(1, :count) AS number) numbers
   JOIN people ON people.number = numbers.number * 13 % 30
   LEFT JOIN places ON places.number = numbers.number % 200
   LEFT JOIN spaces ON spaces.number = numbers.number % 200 - 100`,
  `INSERT INTO api_keys (id, organization_id, creator_id, live_creator_id, name, description, type, access_level,
     namespace_type, application_id, workspace_id, created_at, expires_at, revoked_at, revocation_reason, deleted_at,
     last_used_at, subject, labels, paused_at, paused_by_id, over_privileged, secret_version)
   SELECT id, :organization, creator_id, CASE WHEN fate >= 11 THEN creator_id END, 'Service ' || number,
     'Called by job ' || number % 5000, CASE WHEN trait = 0 THEN 'public' ELSE 'secret' END::key_type,
     CASE WHEN trait < 80 THEN 'MEMBER' WHEN trait < 95 THEN 'ADMIN' ELSE 'OWNER' END::access_level,
     CASE WHEN application_id IS NOT NULL THEN 'application' WHEN workspace_id IS NOT NULL THEN 'workspace'
       ELSE 'organization' END::namespace_type, application_id, workspace_id, created_at,
     CASE WHEN fate BETWEEN 11 AND 15 THEN now() - (now() - created_at) / 2
       WHEN fate BETWEEN 16 AND 35 THEN now() + (now() - created_at) / 2 END,
     CASE WHEN fate < 11 THEN now() END, CASE WHEN fate < 11 THEN 'person' END::revocation_reason,
     CASE WHEN fate = 0 THEN now() END,
     CASE WHEN trait % 3 > 0 THEN
       CASE WHEN trait % 10 = 1 THEN created_at + interval '1 hour'
         ELSE greatest(created_at, now() - number::bigint * 7919 % 100000 * interval '1 second') END END,
     CASE WHEN number % 5 > 0 THEN 'cus_' || number / 3 END,
     CASE WHEN number % 2 = 0 THEN '{"env": "prod"}' ELSE '{}' END::jsonb
       || CASE WHEN number % 5000 = 6 THEN '{"team": "billing"}' ELSE '{}' END::jsonb,
     CASE WHEN number % 2000 = 7 THEN now() END, CASE WHEN number % 2000 = 7 THEN creator_id END, fate = 50,
     CASE WHEN number % 20 = 9 THEN 2 ELSE 1 END
   FROM listed`,
  `INSERT INTO api_key_secrets (id, organization_id, key_id, key_type, version, hash, pepper_version, created_at, public_token)
   SELECT gen_random_uuid(), :organization, id, type, secret_version, sha256(id::bytea), 1, created_at,
     CASE WHEN type = 'public' THEN id END
   FROM api_keys WHERE organization_id = :organization AND id IN (SELECT id FROM listed)`,
  // The previous secrets of rolled keys: most have ended, some are in their grace period.
  `INSERT INTO api_key_secrets (id, organization_id, key_id, key_type, version, hash, pepper_version, created_at, ends_at,
     last_used_at)
   SELECT gen_random_uuid(), :organization, id, k.type, 1, sha256((id || 'before')::bytea), 1, k.created_at,
     CASE WHEN number % 1000 = 9 THEN now() + interval '1 day' ELSE k.created_at + interval '1 hour' END, now()
   FROM api_keys k JOIN listed USING (id) WHERE k.secret_version = 2 AND k.type = 'secret'`,
  `INSERT INTO api_key_last_uses (organization_id, key_id, last_used_at, created_at, expires_at, revoked_at)
   SELECT organization_id, id, coalesce(last_used_at, '-infinity'), created_at, expires_at, revoked_at FROM api_keys
   WHERE organization_id = :organization AND deleted_at IS NULL AND id IN (SELECT id FROM listed)`,
  `INSERT INTO api_key_roles (id, organization_id, key_id, built_in_role_id)
   SELECT gen_random_uuid(), :organization, id, 'read_only' FROM listed`,
  `INSERT INTO api_key_usage_hours (organization_id, key_id, hour, outcome, calls)
   SELECT :organization, id, date_trunc('hour', now()) - ago * interval '1 hour', 'VALID', number % 100 + ago + 1
   FROM listed, generate_series(0, 23) ago WHERE number % 10 < 3 AND number <= 20000`,
];
