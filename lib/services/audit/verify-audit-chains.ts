import type { RetentionSetting } from "@/lib/core/audit/audit-retention";
import type { AuditAction } from "@/lib/core/audit-actions";
import { database } from "@/lib/db/client";
import type { HashedEntry } from "./audit-hash";
import { auditHash, chainStart } from "./audit-hash";
import { chainKey } from "./chain-key";
import type { AuditCut } from "./retention/read-audit-cut";
import { readAuditCut, retentionOf } from "./retention/read-audit-cut";

/** The head of a chain at some time, stored out of reach of whoever can change the database. */
export type ChainPosition = {
  readonly organizationId: string;
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly at: Date;
};

export type ChainCheck = {
  /** The organization's slug, or its id if the organization is gone. */
  readonly organization: string;
  readonly entries: number;
  /** The faults, each with its entry number, up to 20. */
  readonly faults: readonly string[];
  /** The first fault; null if the chain is intact. */
  readonly fault: string | null;
  /**
   * The entries from before the chain had a key, if any. Only a checkpoint shows whether they were changed before that.
   */
  readonly unkeyed: { readonly last: number; readonly keyedAt: Date } | null;
  /** The cut before the oldest kept entry; null if no entries were removed. */
  readonly cut: { readonly through: number; readonly at: Date } | null;
  /** Checkpoints of removed entries, which can no longer be compared. */
  readonly beforeCut: readonly ChainPosition[];
};

export type StoredEntry = HashedEntry & { readonly hash: Uint8Array };

/** The action of the entry with which a server's start gives a key to an older version's chain. */
export const keyingAction = "organization.audit_keyed" satisfies AuditAction;

/** How many entries are checked at once. They block the thread for a few milliseconds, and it may also verify keys. */
const batch = 100;
const mostFaults = 20;

/** Recomputes every chain from its first entry to its head, and compares it with its checkpoints. */
export async function* checkAuditChains(checkpoints: readonly ChainPosition[]): AsyncGenerator<ChainCheck> {
  const organizations = await database().organization.findMany({
    orderBy: { id: "asc" },
    select: { id: true, slug: true },
  });
  for (const organization of organizations) yield await checkAuditChain(organization, checkpoints);
  const known = new Set(organizations.map(({ id }) => id));
  const gone = checkpoints.filter(({ organizationId }) => !known.has(organizationId));
  for (const organization of new Set(gone.map(({ organizationId }) => organizationId))) {
    const fault = "the organization of a checkpoint is gone, with all its entries";
    yield { organization, entries: 0, faults: [fault], fault, unkeyed: null, cut: null, beforeCut: [] };
  }
}

export async function checkAuditChain(
  { id, slug }: { readonly id: string; readonly slug: string },
  checkpoints: readonly ChainPosition[] = [],
): Promise<ChainCheck> {
  const walk = new ChainWalk(
    id,
    checkpoints.filter(({ organizationId }) => organizationId === id),
  );
  const faults = await walk.toTheEnd();
  const { sequence: entries, unkeyed, cut, beforeCut } = walk;
  return { organization: slug, entries, faults, fault: faults[0] ?? null, unkeyed, cut, beforeCut };
}

/** Checks a whole chain, and returns the retention that its entries record; null if none does. */
export async function checkRetention(
  organizationId: string,
): Promise<{ readonly faults: readonly string[]; readonly setting: RetentionSetting | null }> {
  const walk = new ChainWalk(organizationId, []);
  return { faults: await walk.toTheEnd(), setting: walk.retention };
}

/** Checks all chains at once. */
export async function verifyAuditChains(
  checkpoints: readonly ChainPosition[] = [],
): Promise<readonly ChainCheck[]> {
  const checks: ChainCheck[] = [];
  for await (const check of checkAuditChains(checkpoints)) checks.push(check);
  return checks;
}

type Head = { readonly sequence: number; readonly hash: Uint8Array; readonly last: number };

class ChainWalk {
  sequence = 0;
  /** The last entry's stored hash, so that one changed entry does not make all later ones look changed. */
  private hash: Uint8Array | null = chainStart;
  unkeyed: ChainCheck["unkeyed"] = null;
  /**
   * Entries up to the cut are skipped, if some are still there. The entry that records the cut is checked with the
   * rest.
   */
  cut: AuditCut | null = null;
  /** The retention according to the last entry that changed it. */
  retention: RetentionSetting | null = null;
  private isKeyed = false;
  private readonly faults: string[] = [];

  constructor(
    private readonly organizationId: string,
    private readonly checkpoints: readonly ChainPosition[],
  ) {}

  get beforeCut(): readonly ChainPosition[] {
    const through = this.cut?.through ?? 0;
    return this.checkpoints.filter(({ sequence }) => sequence < through);
  }

  async toTheEnd(): Promise<readonly string[]> {
    // Read the head before the entries, so that entries written meanwhile come after it.
    const head = await this.readHead();
    await this.through(head?.last ?? 0);
    if (this.faults.length < mostFaults) this.end(head);
    return this.faults;
  }

  private async through(last: number): Promise<void> {
    this.cut = await readAuditCut(this.organizationId);
    if (this.cut !== null) this.startAfter(this.cut);
    for (;;) {
      const entries = await database().auditEntry.findMany({
        where: { organizationId: this.organizationId, sequence: { gt: this.sequence, lte: last } },
        orderBy: { sequence: "asc" },
        take: batch,
      });
      for (const entry of entries) {
        this.step(entry);
        if (this.faults.length >= mostFaults) return;
      }
      if (entries.length < batch) return;
    }
  }

  private startAfter({ through, hash }: AuditCut): void {
    this.sequence = through;
    this.hash = hash;
    this.compare(through, hash);
  }

  private compare(sequence: number, hash: Uint8Array): void {
    for (const checkpoint of this.checkpoints) {
      if (checkpoint.sequence === sequence && !isSame(checkpoint.hash, hash)) {
        this.faults.push(`entry ${sequence} is not the one of the checkpoint ${ofTime(checkpoint)}`);
      }
    }
  }

  private step(entry: StoredEntry): void {
    if (entry.sequence > this.sequence + 1) {
      this.faults.push(`${entriesTo(this.sequence + 1, entry.sequence - 1)} missing`);
      this.hash = null;
    }
    const { pepperVersion } = entry;
    if (pepperVersion === null && this.isKeyed) {
      this.faults.push(`entry ${entry.sequence} has no key, although earlier entries have one`);
    } else if (this.hash !== null) {
      const fault = entryFault(entry, this.hash);
      // A missing pepper affects thousands of entries, so report it once.
      if (fault !== null && (hasKey(entry) || this.faults.length === 0)) this.faults.push(fault);
    }
    if (pepperVersion !== null && !this.isKeyed) this.begin(entry);
    const retention = retentionOf(entry);
    if (retention !== null && retention.days !== this.retention?.days) this.retention = retention;
    this.hash = entry.hash;
    this.sequence = entry.sequence;
    this.compare(entry.sequence, entry.hash);
  }

  /**
   * The first entry with a key is either the chain's first, or the one with which a server's start gave a key to an old
   * chain.
   */
  private begin({ sequence, action, at }: StoredEntry): void {
    this.isKeyed = true;
    if (sequence === (this.cut?.through ?? 0) + 1) return;
    this.unkeyed = { last: sequence - 1, keyedAt: at };
    if (action !== keyingAction) {
      this.faults.push(
        `entry ${sequence} has a key, and those before it have none, although no start keyed them`,
      );
    }
  }

  private end(head: Head | null): void {
    const { sequence, hash, faults } = this;
    if (head === null) {
      faults.push("the head of the chain is missing");
    } else if (head.sequence > sequence) {
      faults.push(`${entriesTo(sequence + 1, head.sequence)} missing at the end`);
    } else if (head.sequence < sequence) {
      faults.push(`${entriesTo(head.sequence + 1, sequence)} after the head of the chain`);
    } else if (hash !== null && !isSame(head.hash, hash)) {
      faults.push(`entry ${sequence} is not the one at the head of the chain`);
    }
    if (sequence > 0 && !this.isKeyed) {
      faults.push(`entry ${sequence} is the last and has no key; a server's start adds one that has`);
    }
    for (const checkpoint of this.checkpoints) {
      if (checkpoint.sequence > sequence) {
        const cut = entriesTo(sequence + 1, checkpoint.sequence);
        faults.push(`${cut} missing at the end: the checkpoint ${ofTime(checkpoint)} has them`);
      }
    }
  }

  /** One statement, so that no writer can come in between. */
  private async readHead(): Promise<Head | null> {
    const { organizationId } = this;
    const [row] = await database().$queryRaw<Head[]>`
      SELECT h.sequence, h.hash,
        (SELECT coalesce(max(sequence), 0) FROM audit_entries WHERE organization_id = ${organizationId}::uuid) AS last
      FROM audit_heads h WHERE h.organization_id = ${organizationId}::uuid`;
    return row ?? null;
  }
}

/** What is wrong with an entry that follows the entry with this hash; null if it is as it was written. */
export function entryFault(entry: StoredEntry, previous: Uint8Array): string | null {
  const { sequence, organizationId, pepperVersion } = entry;
  if (!hasKey(entry)) {
    return `entry ${sequence} cannot be checked without pepper version ${pepperVersion}, which KEY_PEPPER does not have`;
  }
  const key = pepperVersion === null ? null : chainKey(organizationId, pepperVersion);
  return isSame(auditHash(key, previous, entry), entry.hash)
    ? null
    : `entry ${sequence} was changed, or is not the one that was written there`;
}

function hasKey({ organizationId, pepperVersion }: StoredEntry): boolean {
  return pepperVersion === null || chainKey(organizationId, pepperVersion) !== null;
}

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const entriesTo = (from: number, to: number) =>
  from === to ? `entry ${from} is` : `entries ${from} to ${to} are`;
const ofTime = ({ at }: ChainPosition) => `of ${at.toISOString()}`;
