import { describe, expect, test } from "vitest";
import type { Transaction } from "./transaction";
import {
  afterCommit,
  readWhileNodesAcknowledge,
  UnitOfWork,
  withBeforeCommit,
  withoutSurroundings,
} from "./unit-of-work";

/** Does what `inTransaction` does, on a database that only records the sealing. */
function noting() {
  const noted: string[] = [];
  const note = (what: string) => {
    noted.push(what);
  };
  const attempt = async (name: string, isCommitted = true) => {
    const $queryRaw = async () => {
      note("seal");
      return [{ change: 7n }];
    };
    const transaction = { $queryRaw } as unknown as Transaction;
    const unit = new UnitOfWork(transaction);
    afterCommit(transaction, () => note(`effect of ${name}`));
    const change = await unit.seal(name);
    if (isCommitted) unit.committed();
    note("nodes");
    return change;
  };
  const before = async (_: Transaction, result: unknown) => note(`before the commit of ${result}`);
  const read = async () => note("read");
  return { noted, note, attempt, before, read };
}

describe("a unit of work", () => {
  test("goes through its phases in order, nested at every level", async () => {
    const { noted, attempt, before, read } = noting();
    await withBeforeCommit(before, async () => {
      const change = await readWhileNodesAcknowledge(() => attempt("one"), read);
      expect(change.worked).toBe(7n);
      await change.read();
    });
    expect(noted).toEqual(["before the commit of one", "seal", "effect of one", "read", "nodes"]);
  });

  test("that is not committed has no effects and starts no reading", async () => {
    const { noted, attempt, read } = noting();
    const change = await readWhileNodesAcknowledge(async () => {
      await attempt("one", false);
      noted.push("refused");
    }, read);
    expect(noted).toEqual(["seal", "nodes", "refused"]);
    await change.read();
    expect(noted).toEqual(["seal", "nodes", "refused", "read"]);
  });

  test("that is retried drops the effects of the first attempt", async () => {
    const { noted, attempt } = noting();
    await attempt("one", false);
    await attempt("two");
    expect(noted).toEqual(["seal", "nodes", "seal", "effect of two", "nodes"]);
  });

  test("is not sealed if a step before the commit fails", async () => {
    const { noted, attempt } = noting();
    const refused = withBeforeCommit(
      () => Promise.reject(new Error("Another attempt took over")),
      () => attempt("one"),
    );
    await expect(refused).rejects.toThrow("Another attempt took over");
    expect(noted).toEqual([]);
  });

  test("that is detached from its surroundings has only its own effects", async () => {
    const { noted, attempt, before, read } = noting();
    await withBeforeCommit(before, () =>
      readWhileNodesAcknowledge(() => withoutSurroundings(() => attempt("a note")), read),
    );
    expect(noted).toEqual(["seal", "effect of a note", "nodes"]);
  });

  test("whose reading fails reports it only to the caller that asks", async () => {
    const { attempt } = noting();
    const unreadable = () => Promise.reject(new Error("Not now"));
    const change = await readWhileNodesAcknowledge(() => attempt("one"), unreadable);
    await expect(change.read()).rejects.toThrow("Not now");
  });
});
