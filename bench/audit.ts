import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { database, inTransaction } from "@/lib/db/client";
import { readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import type { MemberContext, OrganizationId } from "@/lib/services/access/context";
import { auditExportHeads } from "@/lib/services/audit/audit-export-rows";
import type { AuditExportFormat } from "@/lib/services/audit/read-audit-export";
import { readAuditExport } from "@/lib/services/audit/read-audit-export";
import { readAuditLog } from "@/lib/services/audit/read-audit-log";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { checkAuditChain } from "@/lib/services/audit/verify-audit-chains";
import { exportStream } from "@/lib/services/export-stream";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { quantile, timesOf } from "./support/measure";

const few = 1_000;
const many = 1_000_000;
const inOne = 1_000;
const dayMs = 24 * 60 * 60 * 1000;
const people = 30;

/** Writes an audit log of two years. The entries of a transaction share their person, address and time. */
export async function writeEntries(id: string, count: number): Promise<readonly string[]> {
  const users = await database().user.createManyAndReturn({
    data: Array.from({ length: people }, (_, number) => ({
      name: `Person ${number}`,
      email: `${id}-${number}@example.com`,
    })),
    select: { id: true },
  });
  const userIds = users.map((user) => user.id);
  const size = Math.min(inOne, count / people);
  const transactions = Math.ceil(count / size);
  for (let number = 0; number < transactions; number++) {
    const at = new Date(Date.now() - ((transactions - number) * 730 * dayMs) / transactions);
    const address = `198.51.100.${number % 200}`;
    const origin = {
      at,
      address,
      userAgent: "Mozilla/5.0 (X11; Linux) Firefox/145.0",
      requestId: `${number}`,
    };
    const actor = {
      kind: "user",
      userId: userIds[number % people] ?? "",
      name: `Person ${number % people}`,
    } as const;
    const [first, ...rest] = Array.from({ length: size }, (_, index) => factsOf(number * size + index));
    if (first === undefined) continue;
    const organization = { id: id as OrganizationId };
    await inTransaction((transaction) =>
      recordAuditEntry(transaction, { organization, actor, origin }, first, ...rest),
    );
  }
  await database().$executeRawUnsafe("ANALYZE audit_entries");
  return userIds;
}

/** Nine of ten entries are about one of 10,000 keys; one in a thousand changes a role. */
function factsOf(number: number): AuditFacts {
  const key = {
    type: "key",
    id: String(number % 10_000).padStart(16, "k"),
    name: `Service ${number % 10_000}`,
  } as const;
  if (number % 1_000 === 7) {
    const target = { type: "role", id: crypto.randomUUID(), name: "analyst" } as const;
    return { action: "role.updated", target, details: { titleBefore: "Analyst", title: "Analysts" } };
  }
  if (number % 10 === 0) return { action: "key.revoked", target: key, details: { reason: "person" } };
  return { action: "key.updated", target: key, details: { subjectBefore: null, subject: `cus_${number}` } };
}

/**
 * The page's requests: without filters, with each filter alone, with filters that match little or nothing, and a page
 * far back.
 */
function questions(
  userIds: readonly string[],
  count: number,
): Readonly<Record<string, Record<string, string>>> {
  const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString();
  return {
    "the page": {},
    "far back": { cursor: Math.ceil(count / 10).toString(36) },
    actor: { actor: userIds[7] ?? "" },
    "actor by name": { actor: "Person 7" },
    "actor: nobody": { actor: "nobody" },
    "a frequent action": { action: "key.updated" },
    "a rare action": { action: "role.updated" },
    "an absent action": { action: "grant.given" },
    "a group of actions": { action: "roles" },
    "an absent group": { action: "people" },
    "an object": { target: "key_kkkkkkkkkkkk1234" },
    "an address": { address: "198.51.100.7" },
    "an absent address": { address: "203.0.113.9" },
    "the last week": { from: ago(7) },
    "a week a year ago": { from: ago(372), to: ago(365) },
    "before two years ago": { to: ago(725) },
    "actor, action and time": {
      actor: userIds[7] ?? "",
      action: "key.revoked",
      from: ago(400),
      to: ago(300),
    },
  };
}

/** Reads, filters, exports and verifies audit logs of 1,000,000 and of 1,000 entries. */
export async function audit(context: BenchContext): Promise<Measured[]> {
  await context.world();
  const p95: Record<string, number>[] = [];
  let large: MemberContext | undefined;
  for (const count of [few, many]) {
    const organization = await createTestOrganization(`Audit of ${count}`);
    const userIds = await writeEntries(organization.id, count);
    large = await organization.as("OWNER");
    const measured: Record<string, number> = {};
    for (const [name, address] of Object.entries(questions(userIds, count))) {
      const { query, faults } = readAuditLogAddress(address);
      if (Object.keys(faults).length > 0) throw new Error(`${name}: ${JSON.stringify(faults)}`);
      const who = large;
      measured[name] = quantile(await timesOf(async () => void value(await readAuditLog(who, query))), 0.95);
    }
    p95.push(measured);
  }
  const [small = {}, ours = {}] = p95;
  if (large === undefined) return [];
  return [
    ...Object.keys(ours).map((name) => compared(name, ours[name] ?? Number.NaN, small[name] ?? Number.NaN)),
    await exporting(large, "csv"),
    await exporting(large, "jsonl"),
    await verifying(large),
  ];
}

function compared(name: string, ours: number, reference: number): Measured {
  return {
    what: `audit log of ${many.toLocaleString("en")} entries, ${name}, p95; of ${few.toLocaleString("en")}`,
    ours: `${ours.toFixed(1)} ms`,
    reference: `${reference.toFixed(1)} ms`,
    ratio: ours / reference,
    target: "<= 50 ms",
    met: ours <= 50,
  };
}

async function exporting(who: MemberContext, format: AuditExportFormat): Promise<Measured> {
  const { query } = readAuditLogAddress({});
  let bytes = 0;
  const { seconds, addedMb } = await withMemory(async () => {
    const first = value(await readAuditExport(who, query, format));
    const read = (after: number) => readAuditExport(who, { ...query, after }, format);
    for await (const part of exportStream(auditExportHeads[format], first, read)) bytes += part.length;
  });
  return flat(`export of ${many.toLocaleString("en")} audit entries as ${format}`, seconds, addedMb, {
    note: `${(bytes / 1e6).toFixed(0)} MB`,
  });
}

async function verifying({ organization }: MemberContext): Promise<Measured> {
  const { seconds, addedMb } = await withMemory(async () => {
    const { faults } = await checkAuditChain(organization);
    if (faults.length > 0) throw new Error(faults.join(", "));
  });
  return flat(`verification of ${many.toLocaleString("en")} audit entries`, seconds, addedMb, {});
}

function flat(what: string, seconds: number, addedMb: number, more: { note?: string }): Measured {
  return {
    what: `${what}: time, and resident memory it adds`,
    ours: `${seconds.toFixed(1)} s, ${addedMb.toFixed(0)} MB`,
    ...{ reference: "", ratio: null, target: "<= 150 MB", met: addedMb <= 150 },
    ...more,
  };
}

/** Measures how much the work raises the peak of resident memory. */
export async function withMemory(work: () => Promise<void>): Promise<{ seconds: number; addedMb: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const begun = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return { seconds: (performance.now() - begun) / 1000, addedMb: (most - before) / 1e6 };
}
