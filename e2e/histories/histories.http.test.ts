import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Installation } from "@/e2e/support/database/installation";
import { createInstallation, testDatabaseKind } from "@/e2e/support/database/installation";
import type { Change } from "./find-violations";
import { findViolations, isNoAnswer } from "./find-violations";
import type { History } from "./run-history";
import { runHistory } from "./run-history";

const read = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
/** `npm run histories` sets higher values. */
const plan = {
  changes: read("HISTORIES_CHANGES", 200),
  verifications: read("HISTORIES_VERIFICATIONS", 100_000),
  seconds: read("HISTORIES_SECONDS", 30),
  seed: read("HISTORIES_SEED", Date.now() % 1_000_000),
};
const limitMs = (plan.seconds + 1200) * 1000;

describe.runIf(testDatabaseKind() === "postgres")(
  "[L1] two full nodes and a verifying one never give the old verdict after a change was answered",
  () => {
    let installation: Installation;
    beforeEach(async () => {
      installation = await createInstallation();
    });
    afterEach(() => installation.remove());

    test(
      "while the network to the database fails, and nodes are paused and killed",
      async () => {
        const history = await runHistory(installation, { ...plan, withFaults: true, isSilent: false });
        const { answered, told } = judge(history);
        expect(answered).toBeGreaterThanOrEqual(plan.verifications);
        expect(told.length).toBeGreaterThan(history.changes.length * 0.8);
      },
      limitMs,
    );

    test(
      "while the database sends no notifications; it only takes longer",
      async () => {
        const few = { ...plan, changes: 40, verifications: 10_000, seconds: 5 };
        const history = await runHistory(installation, { ...few, withFaults: false, isSilent: true });
        const { told } = judge(history);
        expect(told.length).toBeGreaterThan(history.changes.length * 0.9);
        const slowestUs = told.reduce((most, one) => Math.max(most, one.answeredAt - one.askedAt), 0);
        expect(slowestUs).toBeGreaterThan(200_000);
      },
      limitMs,
    );
  },
);

/** No violations prove something only if every check was sent to every node until the end. */
function judge(history: History): { answered: number; told: Change[] } {
  const { initial, changes, verifications, calmFromUs, faults } = history;
  const answered = verifications.filter(({ verdict }) => !isNoAnswer(verdict));
  const told = changes.filter(({ answeredAt }) => answeredAt !== Infinity);
  const context = `seed ${plan.seed}, faults ${JSON.stringify(faults)}`;
  process.stdout.write(
    `${answered.length} verdicts in ${verifications.length} answers, ` +
      `${told.length} of ${changes.length} changes answered; ${context}\n`,
  );
  const violations = findViolations(initial, changes, verifications);
  expect(violations.slice(0, 5), `${violations.length} violations; ${context}`).toEqual([]);

  const lately = answered.filter(({ startedAt }) => startedAt > calmFromUs);
  expect(new Set(lately.map(({ node }) => node)).size, `nodes that answer; ${context}`).toBe(history.nodes);
  const asked = new Set(lately.map(({ check }) => check));
  const unseen = told.filter(({ check }) => !asked.has(check));
  expect(unseen, "changes after which nobody asked").toEqual([]);
  return { answered: answered.length, told };
}
