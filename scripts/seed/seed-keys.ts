import type { AccessLevel } from "@/lib/core/access/access-level";
import { lowerOf } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Resource } from "@/lib/core/access/resource";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { database } from "@/lib/db/client";
import { generateKeyInput } from "@/lib/schemas/key";
import type { MemberContext } from "@/lib/services/access/context";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { generateKey } from "@/lib/services/keys/generate-key";
import { pauseKey } from "@/lib/services/keys/pause-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { stopLeakedKeys } from "@/lib/services/leaks/stop-leaked-keys";
import type { ActAs } from "./seed-result";
import { expect } from "./seed-result";
import { seedRefusals, seedUsage, sumUsage } from "./seed-usage";

type Fate = "active" | "paused" | "rolling" | "expired" | "revoked" | "deleted";

const leakedIndex = 16;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

const services =
  "Billing,Checkout,Inventory,Shipping,Analytics,Search,Notifications,Fleet,Telemetry,Webhooks,Reports,Support".split(
    ",",
  );
const purposes = ["production", "staging", "nightly export", "mobile app", "partner integration"];
const roleSets = [
  ["full_access"],
  ["key_verifier"],
  ["read_only"],
  ["key_manager", "auditor"],
  ["resource_manager"],
];

/** A person's action at a certain time. */
type Step = { readonly at: Date; readonly take: () => Promise<void> };

/** Creates keys of every status and age, at most 60, through the verbs that the dashboard calls, and their usage. */
export async function seedKeys(actAs: ActAs, resources: readonly Resource[], count: number): Promise<void> {
  const now = Date.now();
  const steps: Step[] = [];
  const uses: (() => Promise<void>)[] = [];
  for (let index = 0; index < count; index++) {
    const fate = fateOf(index);
    const ageDays = 1 + Math.floor(index * index * 0.1);
    const createdAt = new Date(now - ageDays * dayMs - index * 7 * 60 * 1000);
    const key = { id: "" };
    const step = (level: AccessLevel, at: Date, act: (context: MemberContext) => Promise<unknown>) =>
      steps.push({ at, take: async () => void (await act(await actAs(level, at))) });
    step(creatorOf(index), createdAt, async (creator) => {
      key.id = expect(await generateKey(creator, newKey(index, fate, createdAt, creator, resources))).id;
    });
    if (fate === "rolling") {
      step("OWNER", new Date(now - (1 + (index % 5)) * hourMs), async (context) =>
        expect(await rollKey(context, { keyId: key.id, graceSeconds: 12 * 3600, version: 1 })),
      );
    }
    if (fate === "paused") {
      step("OWNER", new Date(now - 2 * dayMs - index * hourMs), async (context) =>
        expect(await pauseKey(context, { keyId: key.id })),
      );
    }
    if (fate === "revoked" || fate === "deleted") {
      // Admins revoke keys below OWNER and delete none.
      const level = fate === "revoked" && index % 4 === 1 ? "ADMIN" : "OWNER";
      step(level, new Date(now - (ageDays * dayMs) / 3), async (context) =>
        expect(await (fate === "revoked" ? revokeKey : deleteKey)(context, { keyId: key.id })),
      );
    }
    let refuseLeaked: (() => Promise<void>) | undefined;
    if (index === leakedIndex) {
      step(creatorOf(index), new Date(now - leakedHoursAgo * hourMs), async (creator) => {
        refuseLeaked = await leak(creator, key.id);
      });
    }
    uses.push(async () => {
      if (index % 6 !== 5) {
        const to = lastUse(index, fate, ageDays, now);
        const creator = await actAs(creatorOf(index), createdAt);
        await seedUsage(creator, { keyId: key.id, index, from: createdAt, to, refused: refusalAfter[fate] });
      }
      await refuseLeaked?.();
    });
  }
  // In order of their times, so that the audit log is in order too.
  steps.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { take } of steps) await take();
  for (const use of uses) await use();
  await sumUsage(new Date(now));
}

/** How calls after a key's end are refused, since some callers never switch to a new key. */
const refusalAfter: Partial<Record<Fate, UsageOutcome>> = {
  expired: "EXPIRED",
  revoked: "REVOKED",
  paused: "PAUSED",
};

const leakedHoursAgo = 6;

/** Reports the key's secret as leaked. @returns a function that writes the calls refused since */
async function leak({ organization, origin }: MemberContext, keyId: string) {
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId, endsAt: null } });
  const places = [{ url: "https://github.com/example/dotfiles/blob/main/.env", source: "content" }];
  const found = { ...origin, address: null, userAgent: null };
  await stopLeakedKeys(organization.id, [{ keyId, secretId, places }], "GitHub secret scanning", found);
  return () => seedRefusals(organization.id, keyId, secretId, found.at);
}

/** Owners create most keys. */
export function creatorOf(index: number): AccessLevel {
  if (index % 10 === 3 || index % 12 === 7) return "ADMIN";
  return index % 10 === 8 ? "MEMBER" : "OWNER";
}

function fateOf(index: number): Fate {
  if (index % 7 === 3) return "revoked";
  if (index % 9 === 4) return "expired";
  if (index % 11 === 2) return "rolling";
  if (index % 13 === 6) return "paused";
  if (index % 20 === 19) return "deleted";
  return "active";
}

function newKey(
  index: number,
  fate: Fate,
  createdAt: Date,
  { organization, level: ceiling }: MemberContext,
  resources: readonly Resource[],
) {
  // Most keys belong to the organization; the owner's others are spread over its resources.
  const resource = index % 5 < 2 && ceiling === "OWNER" ? resources[index % resources.length] : undefined;
  const type: KeyType = index % 12 === 6 ? "public" : "secret";
  const service = services[index % services.length] ?? "";
  const purpose = purposes[Math.floor(index / services.length) % purposes.length] ?? "";
  const levels: AccessLevel[] = ["MEMBER", "ADMIN", "ADMIN", "OWNER"];
  const ageDays = (Date.now() - createdAt.getTime()) / dayMs;
  const leftDays = index === 15 || index === 21 ? 4 : 90 + index * 8;
  const lifeDays = fate === "expired" ? 0.5 : ageDays + leftDays;
  const expires = fate === "expired" || index % 3 === 0;
  return generateKeyInput.parse({
    name: `${service} ${purpose}`,
    description: index % 4 === 0 ? "" : `Used by the ${service.toLowerCase()} service, ${purpose}.`,
    type,
    accessLevel: type === "public" ? "MEMBER" : lowerOf(levels[index % levels.length] ?? "MEMBER", ceiling),
    namespace: resource ?? { type: "organization", id: organization.id },
    roles: roleSets[index % roleSets.length],
    expiresAt: expires ? new Date(createdAt.getTime() + lifeDays * dayMs) : null,
    ...attributesOf(index, service),
    ...(index % 6 === 0 ? { allowedAddresses: ["198.51.100.0/24", "2001:db8:4c::/48"] } : {}),
    ...(index % 4 === 0 ? { rateLimit: { requests: 1_000 * (index + 1), seconds: 60 } } : {}),
  });
}

const plans = ["free", "team", "enterprise"];
const environments = ["production", "staging", "development"];

/** Most keys belong to one of the example's customers, who have several each. Every seventh has no attributes. */
function attributesOf(index: number, service: string) {
  if (index % 7 === 5) return {};
  const customer = 4_100 + (index % 17) * 37;
  const plan = plans[index % plans.length] ?? "";
  const labels = {
    env: environments[index % environments.length],
    team: service.toLowerCase(),
    ...(index % 4 === 0 ? { tier: String(1 + (index % 3)) } : {}),
  };
  if (index % 5 === 3) return { labels };
  const metadata = { plan, seats: 5 * (1 + (index % 9)), region: index % 2 === 0 ? "eu-west" : "us-east" };
  return {
    subject: `acct_${customer}`,
    metadata: JSON.stringify(metadata, null, index % 2 === 0 ? 2 : 0),
    labels,
  };
}

function lastUse(index: number, fate: Fate, ageDays: number, now: number): Date {
  // Some old keys are idle, and so are some of each person's.
  if (fate === "active" && index >= 33 && (index % 5 === 3 || index % 6 === 0)) {
    return new Date(now - (60 + index) * dayMs);
  }
  if (fate === "expired") return new Date(now - ageDays * dayMs + 6 * hourMs);
  if (fate === "paused") return new Date(now - 2 * dayMs - index * hourMs);
  if (fate === "revoked" || fate === "deleted") return new Date(now - (ageDays * dayMs) / 3 - hourMs);
  return new Date(now - (index % 4 === 0 ? index * dayMs * 0.4 : index * 60 * 1000));
}
