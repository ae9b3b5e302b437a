import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { FilterKind, KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { filterKinds } from "@/lib/core/keys/filter/key-filters";
import { keyListDefaults, keySortColumns, sortDirections } from "@/lib/core/keys/key-list-settings";
import type { KeyFacetsInput, KeyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { readKeyFacets } from "@/lib/services/keys/filter/key-facets";
import { listKeys, listOwnKeys } from "@/lib/services/keys/read/list-keys";
import type { BenchContext } from "./support/bench-context";
import { insertListedKeys } from "./support/insert-listed-keys";
import type { Measured } from "./support/measure";
import { quantile, timesOf } from "./support/measure";

const few = 1_000;
const many = 1_000_000;

/**
 * The page's requests: its list, as far as it counts, each filter, each sort order both ways, and searches that find
 * one, some, nearly all and no keys.
 */
const questions: Readonly<Record<string, Partial<KeyListInput>>> = {
  list: {},
  "second page": { page: 2 },
  "page 100": { page: 100 },
  "page 400": { page: 400 },
  "filter: revoked": { status: "revoked" },
  "filter: expired": { status: "expired" },
  "filter: all": { status: "all" },
  "filter: paused": { status: "paused" },
  "filter: subject": { filters: { subject: ["cus_123"] } },
  "filter: label, few": { filters: { label: ["team=billing"] } },
  "filter: label, half": { filters: { label: ["env=prod"] }, status: "all" },
  "filter: label, none": { filters: { label: ["team=none"] } },
  "filter: any value": { filters: { label: ["team"] } },
  "filter: creator": { filters: { creator: ["Person 7"] } },
  "filter: namespace": { filters: { namespace: ["Storefront 7"] } },
  "filter: workspace": { filters: { namespace: ["Storefront 7 / Production"] } },
  "filter: role": { filters: { role: ["read_only"] } },
  "filter: role, none": { filters: { role: ["full_access"] } },
  "filter: level": { filters: { level: ["owner"] } },
  "filter: type": { filters: { type: ["public"] } },
  "filter: created": { filters: { created: ["<7d"] } },
  "filter: created, old": { filters: { created: [">1y"] } },
  "filter: never used": { filters: { used: ["never"] } },
  "filter: used lately": { filters: { used: ["<1h"] } },
  "filter: used long ago": { filters: { used: [">90d"] } },
  "filter: never expires": { filters: { expires: ["never"] } },
  "filter: expires soon": { filters: { expires: ["<7d"] } },
  ...Object.fromEntries(hygieneKinds.map((kind) => [`filter: ${kind}`, { filters: { is: [kind] } }])),
  "filter: idle or never used": { filters: { is: ["idle", "never-used"] } },
  "filter: rare findings": { filters: { is: ["over-privileged", "expiring-soon"] } },
  "filters: three": { filters: { level: ["owner"], used: ["never"], type: ["secret"] } },
  "filters: three, by last use": {
    filters: { creator: ["Person 7"], level: ["member"], expires: ["never"] },
    sort: "lastUsed",
  },
  "filter and search": { filters: { label: ["env=prod"] }, search: "Service 777" },
  ...Object.fromEntries(
    keySortColumns.flatMap((sort) =>
      sortDirections.map((direction) => [`by ${sort}, ${direction}`, { sort, direction }]),
    ),
  ),
  "by last use, revoked": { sort: "lastUsed", status: "revoked" },
  "search: one": { search: "Service 123456", status: "all" },
  "search: some": { search: "Service 777" },
  "search: nearly all": { search: "service" },
  "search: by creator": { search: "Person 7" },
  "search: none": { search: "no such key" },
  "search: none, two letters": { search: "zq" },
};

/** The popover's requests: each filter's values and counts, alone and under another filter. */
const facets: Readonly<Record<string, KeyFacetsInput>> = Object.fromEntries([
  ...filterKinds.map((kind) => [`values of ${kind}`, asked(kind, {})]),
  ["values of creator, filtered", asked("creator", { label: ["env=prod"] })],
]);

/** A person's own list, of one in thirty keys. */
const ownQuestions: Readonly<Record<string, Partial<KeyListInput>>> = {
  "own keys": {},
  "own keys, by name": { sort: "name", direction: "asc" },
};

const requests: Readonly<Record<string, (who: MemberContext) => Promise<void>>> = Object.fromEntries([
  ...Object.entries(questions).map(([name, question]) => [name, asking(listKeys, question)]),
  ...Object.entries(ownQuestions).map(([name, question]) => [name, asking(listOwnKeys, question)]),
  ...Object.entries(facets).map(([name, question]) => [
    name,
    async (who: MemberContext) => void value(await readKeyFacets(who, question)),
  ]),
]);

function asking(list: typeof listKeys, question: Partial<KeyListInput>) {
  return async (who: MemberContext) => void value(await list(who, { ...keyListDefaults, ...question }));
}

function asked(kind: FilterKind, filters: KeyFilters): KeyFacetsInput {
  return { list: { search: "", status: "active", filters }, kind, find: "", own: false };
}

/** The verb behind the API keys page, in an organization of 1,000,000 keys and in one of 1,000. */
export async function keyList(context: BenchContext): Promise<Measured[]> {
  const { databaseUrl } = await context.world();
  const measured = [];
  for (const count of [few, many]) {
    const organization = await createTestOrganization(`Of ${count}`);
    await insertListedKeys(databaseUrl, organization, count);
    const who = await organization.as("OWNER");
    const p95Ms: Record<string, number> = {};
    for (const [name, ask] of Object.entries(requests)) {
      p95Ms[name] = quantile(await timesOf(() => ask(who)), 0.95);
    }
    measured.push(p95Ms);
  }
  const [small = {}, large = {}] = measured;
  return Object.keys(requests).map((name) => {
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
