import { beforeAll, expect, test } from "vitest";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database, inTransaction, runPrepared } from "./client";
import { isConflict } from "./repeat-on-conflict";

provideTestDatabase();
beforeAll(async () => {
  await database().$executeRaw`CREATE SEQUENCE attempt`;
  // A sequence keeps its value when the rest of the statement is rolled back.
  await database().$executeRaw`
    CREATE FUNCTION give_up(times int, code text) RETURNS int LANGUAGE plpgsql AS $$
    DECLARE number int := nextval('attempt');
    BEGIN
      IF number <= times THEN RAISE EXCEPTION 'given up' USING ERRCODE = code; END IF;
      RETURN number;
    END $$`;
});

const doors = {
  "a statement of the data plane": async (times: number, code: string) =>
    (
      await runPrepared<{ number: number }>({
        name: "give_up",
        text: "SELECT give_up($1, $2) AS number",
        values: [times, code],
      })
    )[0]?.number,
  "a statement outside a transaction": async (times: number, code: string) =>
    (await database().$queryRaw<{ number: number }[]>`SELECT give_up(${times}::int, ${code}) AS number`)[0]
      ?.number,
  "a transaction": (times: number, code: string) =>
    inTransaction(
      async (transaction) =>
        (
          await transaction.$queryRaw<{ number: number }[]>`SELECT give_up(${times}::int, ${code}) AS number`
        )[0]?.number,
    ),
};
const codes = ["40001", "40P01"];

for (const [door, ask] of Object.entries(doors)) {
  for (const code of codes) {
    test(`${door} that the database aborts with ${code} is retried, at most five times`, async () => {
      await database().$executeRaw`ALTER SEQUENCE attempt RESTART`;
      expect(await ask(4, code)).toBe(5);
      await database().$executeRaw`ALTER SEQUENCE attempt RESTART`;
      await expect(ask(100, code)).rejects.toSatisfy((error) => isConflict(error));
      const [row] = await database().$queryRaw<{ next: bigint }[]>`SELECT nextval('attempt') AS next`;
      expect(row?.next).toBe(6n);
    });
  }
}

test("another failure is not retried", async () => {
  await database().$executeRaw`ALTER SEQUENCE attempt RESTART`;
  await expect(doors["a statement of the data plane"](100, "23514")).rejects.toThrow("given up");
  const [row] = await database().$queryRaw<{ next: bigint }[]>`SELECT nextval('attempt') AS next`;
  expect(row?.next).toBe(2n);
});
