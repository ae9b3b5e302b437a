import { expect, test } from "vitest";
import { z } from "zod";
import { writeJson } from "./write-json";

const shape = z.strictObject({
  key_id: z.string(),
  created_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  note: z.string().optional(),
  made_by: z.strictObject({ full_name: z.string() }).nullable(),
  uses: z.array(z.strictObject({ last_at: z.iso.datetime() })),
});
const at = new Date("2026-11-29T09:00:00Z");

test("writes names in snake case and times in ISO 8601, at every depth", () => {
  const view = {
    keyId: "k",
    createdAt: at,
    endedAt: null,
    madeBy: { fullName: "Ana" },
    uses: [{ lastAt: at }],
  };
  const time = "2026-11-29T09:00:00.000Z";
  const json = { key_id: "k", created_at: time, ended_at: null, made_by: { full_name: "Ana" } };
  expect(writeJson(shape, view)).toEqual({ ...json, uses: [{ last_at: time }] });
  expect(shape.safeParse(writeJson(shape, view)).success).toBe(true);
});

test("omits fields that the shape does not declare, at every depth", () => {
  const secret = { hash: "never" };
  const view = {
    ...{ keyId: "k", createdAt: at, endedAt: at, ...secret },
    madeBy: { fullName: "Ana", ...secret },
    uses: [{ lastAt: at, ...secret }],
  };
  expect(JSON.stringify(writeJson(shape, view))).not.toContain("never");
});
