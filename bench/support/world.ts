import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { PostgresCluster } from "@/e2e/support/database/postgres-cluster";
import { startPostgresCluster } from "@/e2e/support/database/postgres-cluster";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { insertManyKeys } from "./insert-many-keys";
import { familyCpuSeconds } from "./node-process";

/** A PostgreSQL for this run, a migrated database opened in this process, and an organization. */
export type World = {
  readonly variables: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly organization: TestOrganization;
  /** The token of a key that may verify. */
  readonly caller: string;
  /** CPU time that PostgreSQL has used so far. */
  readonly postgresCpuSeconds: () => number;
  readonly addKeys: (count: number) => Promise<string[]>;
  readonly stop: () => Promise<void>;
};

export async function createWorld(): Promise<World> {
  const cluster = await startPostgresCluster();
  const postmaster = Number(readFileSync(join(cluster.dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-bench-"));
  const databaseUrl = await newDatabase(cluster);
  const variables = {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    KEY_PEPPER: randomBytes(32).toString("base64url"),
  };
  await openDatabase(loadEnv({ ...variables }));
  const organization = await createTestOrganization("Benchmark");
  const caller = await createTestKey(organization, { roles: ["key_verifier", "key_manager"] });
  return {
    variables,
    databaseUrl,
    organization,
    caller: caller.token,
    postgresCpuSeconds: () => familyCpuSeconds(postmaster),
    addKeys: (count) => insertManyKeys(databaseUrl, organization, count),
    stop: async () => {
      await closeDatabase();
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function newDatabase(cluster: PostgresCluster): Promise<string> {
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await client.query("CREATE DATABASE latchkey_bench");
  await client.end();
  const url = new URL(cluster.url);
  url.pathname = "/latchkey_bench";
  return url.href;
}
