import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { readMemberConsequences } from "@/lib/services/members/read-access-impact";
import type { BenchContext } from "./support/bench-context";
import { insertListedKeys } from "./support/insert-listed-keys";
import type { Measured } from "./support/measure";
import { quantile } from "./support/measure";

const rounds = 20;
/** Thirty people have the same number of keys. */
const people = 30;

/** The queries of the dialog "Remove member", for a person with 2,000 keys and for one with 20. */
export async function memberDialog(context: BenchContext): Promise<Measured[]> {
  const { databaseUrl } = await context.world();
  const [few = Number.NaN, many = Number.NaN] = [
    await p95Of(databaseUrl, 20),
    await p95Of(databaseUrl, 2_000),
  ];
  return [
    {
      what: "opening the dialog that removes a member with 2,000 keys, p95; with 20",
      ours: `${many.toFixed(1)} ms`,
      reference: `${few.toFixed(1)} ms`,
      ratio: many / few,
      target: "<= 300 ms",
      met: many <= 300,
    },
  ];
}

async function p95Of(databaseUrl: string, keysOfPerson: number): Promise<number> {
  const organization = await createTestOrganization(`Of ${keysOfPerson} each`);
  await insertListedKeys(databaseUrl, organization, keysOfPerson * people);
  const owner = await organization.as("OWNER");
  const { userId } = await database().member.findFirstOrThrow({
    where: { organizationId: organization.id, user: { name: "Person 7" } },
  });
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const begun = performance.now();
    value(await readMemberConsequences(owner, { userId, accessLevel: null, page: 0 }));
    // The first round includes compilation, so it is not counted.
    if (round > 0) times.push(performance.now() - begun);
  }
  return quantile(times, 0.95);
}
