import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";
import { findTestFiles } from "./scripts/suites/test-files.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const dbTests = "**/*.db.test.ts";
const httpTests = "**/*.http.test.ts";
/** What happens to a connection has nothing to do with the database: once is enough. */
const connectionTests = [
  ...["lib/server/**/*.http.test.ts", "e2e/server/{proxies,page-sizes}.http.test.ts", "e2e/soak/**"],
];
const unitTests = "{lib,components,scripts,e2e}/**/*.test.ts";
/** Unit tests share two processes, which takes a third of the time. One that replaces a module gets its own. */
const alone = findTestFiles([""]).unit.filter((file) =>
  /\bvi\.mock\(/.test(readFileSync(`${root}${file}`, "utf8")),
);
const onPostgres = process.env.LATCHKEY_TEST_DATABASE === "postgres";
/**
 * Who may do what, the API's routes and the seed call the services, and ask the database nothing that the services'
 * tests do not ask: once is enough. A machine without PostgreSQL runs them on the embedded database.
 */
const callers = ["**/*-matrix.db.test.ts", "lib/api/routes/**", "scripts/seed/**"];
const hasPostgres = process.env.TEST_POSTGRES_URL !== undefined;

/** The rest fills the other processes meanwhile; a long file that starts last runs alone. */
const longest = [
  ...["e2e/histories/histories", "lib/services/keys/key-matrix", "lib/api/namespace-matrix"],
  ...["e2e/server/webhooks", "lib/api/fuzz", "lib/services/grants/simultaneous"],
  ...["lib/services/keys/bulk/change-keys-by-verb", "lib/services/keys/place-key-matrix"],
];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((path) => moduleId.includes(path));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** A few times what the slowest test needs on an idle machine. A test that needs more sets its own limit. */
const within = (milliseconds: number) => ({ testTimeout: milliseconds, hookTimeout: milliseconds });

// Projects by what a test needs. `unit` and `unit-alone` need nothing; `db` a database; `http` the built server.
// LATCHKEY_TEST_DATABASE (embedded or postgres) says which database the last two run on.
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // A machine with two cores must do, and each db or http worker has a database of its own.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A second, as it is by itself, is no time on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [unitTests],
          exclude: [dbTests, httpTests, "**/node_modules/**", ...alone],
          ...within(20_000),
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "unit-alone",
          include: alone,
          ...within(20_000),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`lib/${dbTests}`, `scripts/${dbTests}`],
          exclude: ["**/node_modules/**", ...(hasPostgres && !onPostgres ? callers : [])],
          globalSetup: ["e2e/support/database/database-setup.ts"],
          ...within(90_000),
          // A test waits while its database works, and the other way round.
          maxWorkers: 3,
          // A process runs many files, and starts each with fresh modules.
          isolate: false,
          setupFiles: ["e2e/support/database/fresh-modules.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "http",
          include: [`lib/${httpTests}`, `e2e/${httpTests}`],
          exclude: ["**/node_modules/**", ...(onPostgres ? connectionTests : [])],
          globalSetup: ["e2e/support/database/database-setup.ts"],
          // Each of these starts processes, several one after the other, while the database tests run.
          ...within(300_000),
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
