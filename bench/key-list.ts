import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { keyListDefaults } from "@/lib/core/keys/key-list-settings";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { listKeys } from "@/lib/services/keys/read/list-keys";
import type { BenchContext } from "./support/bench-context";
import { insertListedKeys } from "./support/insert-listed-keys";
import type { Measured } from "./support/measure";
import { quantile } from "./support/measure";

const few = 1_000;
const many = 1_000_000;
const budgetMs = 5_000;
const timesAtMost = 40;

/**
 * The page's requests: its list, each filter, each sort order, and searches that find one, some, nearly all and no
 * keys.
 */
const questions: Readonly<Record<string, Partial<KeyListInput>>> = {
  list: {},
  "second page": { page: 2 },
  "page 100": { page: 100 },
  "filter: revoked": { status: "revoked" },
  "filter: expired": { status: "expired" },
  "filter: all": { status: "all" },
  "filter: paused": { status: "paused" },
  "filter: subject": { subject: "cus_123" },
  "filter: label, few": { label: [{ name: "team", value: "billing" }] },
  "filter: label, half": { label: [{ name: "env", value: "prod" }], status: "all" },
  "filter: label, none": { label: [{ name: "team", value: "none" }] },
  "filter: any value": { label: [{ name: "team", value: null }] },
  "filter and search": { label: [{ name: "env", value: "prod" }], search: "Service 777" },
  "by name": { sort: "name", direction: "asc" },
  "by level": { sort: "accessLevel" },
  "by creator": { sort: "createdBy", direction: "asc" },
  "by expiry": { sort: "expires", direction: "asc" },
  "by last use": { sort: "lastUsed" },
  "search: one": { search: "Service 123456", status: "all" },
  "search: some": { search: "Service 777" },
  "search: nearly all": { search: "service" },
  "search: by creator": { search: "Person 7" },
  "search: none": { search: "no such key" },
  "search: none, two letters": { search: "zq" },
};

/** The verb behind the API keys page, in an organization of 1,000,000 keys and in one of 1,000. */
export async function keyList(context: BenchContext): Promise<Measured[]> {
  const { databaseUrl } = await context.world();
  const measured = [];
  for (const count of [few, many]) {
    const organization = await createTestOrganization(`Of ${count}`);
    await insertListedKeys(databaseUrl, organization, count);
    const who = await organization.as("OWNER");
    const p95Ms: Record<string, number> = {};
    for (const [name, question] of Object.entries(questions)) {
      const times = await timesOf(async () => {
        value(await listKeys(who, { ...keyListDefaults, ...question }));
      });
      p95Ms[name] = quantile(times, 0.95);
    }
    measured.push(p95Ms);
  }
  const [small = {}, large = {}] = measured;
  return Object.keys(questions).map((name) => {
    const [ours, reference] = [large[name] ?? Number.NaN, small[name] ?? Number.NaN];
    return {
      what: `keys page of ${many.toLocaleString("en")} keys, ${name}, p95; of ${few.toLocaleString("en")}`,
      ours: `${ours.toFixed(1)} ms`,
      reference: `${reference.toFixed(1)} ms`,
      ratio: ours / reference,
      target: "<= 3 times, and 50 ms",
      met: ours / reference <= 3 && ours <= 50,
    };
  });
}

/** The duration of each run in milliseconds. Slow work is repeated less often. */
async function timesOf(work: () => Promise<void>): Promise<number[]> {
  await work();
  const times: number[] = [];
  const end = performance.now() + budgetMs;
  while (times.length < timesAtMost && (times.length < 3 || performance.now() < end)) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}
