import { expect, test } from "vitest";
import { withinChanges, withinReads } from "./people-shares";

/** A gate that holds the work inside until it is opened, and counts that work. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = { now: 0, most: 0 };
  const pass = async () => {
    held.most = Math.max(held.most, ++held.now);
    await opened;
    held.now--;
    return { ok: true, value: null } as const;
  };
  return { open, pass, held };
}
const person = (userId: string, id: string) => ({ actor: { userId }, organization: { id } });
const code = (answer: { ok: boolean; code?: string }) => (answer.ok ? "ok" : answer.code);
const done = async () => ({ ok: true, value: null }) as const;

test("a person's searches run three at a time, and delay neither their changes nor other people", async () => {
  const { open, pass, held } = gate();
  const searches = Array.from({ length: 100 }, () => withinReads(person("greedy", "acme"), pass));
  expect(code(await withinChanges("greedy", "acme", done))).toBe("ok");
  expect(code(await withinReads(person("colleague", "acme"), done))).toBe("ok");
  expect(code(await withinReads(person("stranger", "elsewhere"), done))).toBe("ok");
  expect(held.most).toBe(3);
  open();
  const codes = (await Promise.all(searches)).map(code);
  expect(codes.filter((each) => each === "ok")).toHaveLength(53);
  expect(codes.filter((each) => each === "rate_limited")).toHaveLength(47);
});

test("an organization's people together read four at a time, and a failed read frees its slot", async () => {
  const { open, pass, held } = gate();
  const readers = Array.from({ length: 12 }, (_, each) =>
    withinReads(person(`reader ${each}`, "busy"), pass),
  );
  expect(code(await withinReads(person("stranger", "quiet"), done))).toBe("ok");
  expect(held.most).toBe(4);
  open();
  await Promise.all(readers);
  const fails = () => withinReads(person("reader 1", "busy"), () => Promise.reject(new Error("failed")));
  for (let each = 0; each < 6; each++) await expect(fails()).rejects.toThrow("failed");
  expect(code(await withinReads(person("reader 1", "busy"), done))).toBe("ok");
});

test("in a session 3,600 changes are made at once, then one a second, across all organizations; another session goes on", async () => {
  const change = async (organizationId: string | null) => withinChanges("scripted", organizationId, done);
  for (let each = 0; each < 3_600; each++) await change(each % 2 === 0 ? `organization ${each}` : null);
  expect(await change("another")).toMatchObject({ code: "rate_limited", retryAfterSeconds: 1 });
  expect(await change(null)).toMatchObject({ code: "rate_limited" });
  expect(code(await withinChanges("another", "organization 1", done))).toBe("ok");
});
