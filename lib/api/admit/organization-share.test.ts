import { expect, test } from "vitest";
import { withinShare } from "./organization-share";

test("a tenant with a thousand requests has ten running at once, and other tenants' requests run alongside", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let running = 0;
  let most = 0;
  const greedy = Array.from({ length: 1000 }, () =>
    withinShare("greedy", async () => {
      most = Math.max(most, ++running);
      await gate;
      running--;
      return "done";
    }),
  );
  // All requests of the greedy tenant are still waiting.
  expect(await withinShare("quiet", async () => "done")).toBe("done");
  expect(most).toBe(10);
  open();
  const answers = await Promise.all(greedy);
  expect(answers.filter((answer) => answer === "done")).toHaveLength(510);
  expect(answers.filter((answer) => answer !== "done")[0]).toMatchObject({ code: "rate_limited" });
  expect(most).toBe(10);
  // A failed request frees its slot too.
  await expect(withinShare("greedy", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await withinShare("greedy", async () => "again")).toBe("again");
});
