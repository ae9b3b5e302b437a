import { setTimeout as sleep } from "node:timers/promises";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { Installation } from "@/e2e/support/database/installation";
import { ClusterNode } from "@/e2e/support/processes/node-cluster";
import { fullNode, verifyingNode } from "@/e2e/support/processes/server-process";
import { closeDatabase, database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { startFaults } from "./faults";
import type { Change, Verification } from "./find-violations";
import { isNoAnswer } from "./find-violations";
import { askAnyOf, changesAtOnce, makeChanges } from "./make-changes";
import { nowUs } from "./now-us";
import { PlannedChanges } from "./planned-changes";
import { Random } from "./random";
import { newest } from "./reversible-changes";
import type { Step } from "./step";
import type { Check } from "./verification-load";
import { startVerificationLoad } from "./verification-load";

export type HistoryPlan = {
  readonly changes: number;
  readonly verifications: number;
  readonly seed: number;
  readonly withFaults: boolean;
  /** Whether the database sends no notifications, so that nodes only find changes by polling. */
  readonly isSilent: boolean;
  /** The time over which the changes are spread, if none has to wait. */
  readonly seconds: number;
};

export type History = {
  readonly initial: readonly string[];
  readonly changes: readonly Change[];
  readonly verifications: readonly Verification[];
  /** The time after which there were no more faults or changes. */
  readonly calmFromUs: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly nodes: number;
};

const organizations = 4;
const warmUpMs = 1500;
const calmMs = 5000;

/**
 * Two full nodes and a verifying one on one database get verifications without a pause, while keys, people, roles and
 * resources change and every kind of fault happens; then a few seconds of calm.
 */
export async function runHistory(installation: Installation, plan: HistoryPlan): Promise<History> {
  const random = new Random(plan.seed);
  const variables = { ...installation.variables, APP_URL: "http://localhost:3000" };
  const nodes: ClusterNode[] = [];
  const end: (() => Promise<void>)[] = [];
  await openDatabase(loadEnv({ ...variables }));
  try {
    if (plan.isSilent) await silenceNotifications();
    const { chains, checks } = await population(plan.changes, nodes, random);
    for (const program of [fullNode, fullNode, verifyingNode]) {
      nodes.push(await ClusterNode.start(variables, program));
    }
    const load = await startVerificationLoad({ ports: nodes.map(({ port }) => port), checks });
    end.unshift(load.stop);
    await sleep(warmUpMs);
    const faults = plan.withFaults ? startFaults(nodes, random) : null;
    end.unshift(async () => faults?.end());

    const pauseMs = (plan.seconds * 1000 * changesAtOnce) / plan.changes;
    const begun = ({ alters }: Step) => load.favour(alters);
    const changes = await makeChanges(chains, { random, pauseMs, begun });
    const { verifications } = load;
    let answered = 0;
    await follow(verifications, 0, () => ++answered >= plan.verifications);
    await faults?.end();
    const [calmFrom, calmFromUs] = [verifications.length, nowUs()];
    await sleep(calmMs);
    // On a machine of any speed, wait until each node has answered every check once more.
    const unheard = new Set([...checks.keys(), ...nodes.map((_, index) => `node ${index}`)]);
    await follow(verifications, calmFrom, ({ check, node, startedAt }) => {
      if (startedAt > calmFromUs) for (const one of [check, `node ${node}`]) unheard.delete(one);
      return unheard.size === 0;
    });
    const initial = checks.map(({ initially = "VALID" }) => initially);
    return { initial, changes, verifications, calmFromUs, faults: faults?.counts ?? {}, nodes: nodes.length };
  } finally {
    for (const each of end) await each();
    for (const node of nodes) await node.end();
    await closeDatabase();
  }
}

/** Reads the verdicts from this index on as they arrive, until `isLast` holds. */
async function follow(
  verifications: readonly Verification[],
  from: number,
  isLast: (verification: Verification) => boolean,
): Promise<void> {
  for (let at = from; ; at++) {
    while (at >= verifications.length) await sleep(50);
    const one = verifications[at];
    if (one !== undefined && !isNoAnswer(one.verdict) && isLast(one)) return;
  }
}

/** In several organizations, because within one, changes wait for each other. */
async function population(
  changes: number,
  nodes: readonly ClusterNode[],
  random: Random,
): Promise<{ chains: (readonly Step[])[]; checks: Check[] }> {
  const checks: Check[] = [];
  const chains: (readonly Step[])[] = [];
  for (let count = 0; count < organizations; count++) {
    const organization = await createTestOrganization("History");
    const { token } = await createTestKey(organization, { createdAt: newest() });
    // From the beginning, so that tokens of other formats are looked up at all.
    await importTestKeys(organization, [foreignToken()]);
    const askNode = askAnyOf(() => nodes, token, random);
    const planned = new PlannedChanges(organization, token, askNode, checks);
    chains.push(...(await planned.take(changes / organizations)));
  }
  return { chains, checks };
}

/** Removes the notification from the functions that announce and seal changes, and nothing else. */
async function silenceNotifications(): Promise<void> {
  for (const name of ["announce_verdict_change", "seal_verdict_changes"]) {
    const [found] = await database().$queryRaw<{ source: string }[]>`
      SELECT pg_get_functiondef(${name}::regproc) AS source`;
    const silent = found?.source.replace(/PERFORM pg_notify\([^;]*\);/, "");
    if (silent === undefined || silent === found?.source)
      throw new Error("There is no notification to silence");
    await database().$executeRawUnsafe(silent);
  }
}
