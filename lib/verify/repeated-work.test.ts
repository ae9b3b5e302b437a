import { expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { RepeatedWork } from "./repeated-work";

/** Work whose runs wait until the test releases them. */
function heldWork(options: { readonly pauseFactor?: number } = {}) {
  const runs: ((error?: Error) => void)[] = [];
  let signal: AbortSignal | undefined;
  const work = new RepeatedWork({
    ...{ what: "it could not be done", everyMs: 1, ...options },
    run: (_, given) => {
      signal = given;
      return new Promise((resolve, reject) => runs.push((error) => (error ? reject(error) : resolve())));
    },
  });
  const begun = (count: number) => expect.poll(() => runs.length).toBe(count);
  return { work, runs, begun, isStopping: () => signal?.aborted };
}

test("repeated work never runs twice at once, and a stop waits for what is running", async () => {
  const { work, runs, begun, isStopping } = heldWork();
  work.start().start();
  await begun(1);
  work.runIfDue();
  expect(runs).toHaveLength(1);
  runs[0]?.();
  await begun(2);
  const stopped = vi.fn();
  const stopping = work.stop().then(stopped);
  expect(isStopping()).toBe(true);
  expect(stopped).not.toHaveBeenCalled();
  runs[1]?.();
  await stopping;
  expect(runs).toHaveLength(2);
});

test("a requested run starts after the current one", async () => {
  const { work, runs, begun } = heldWork();
  work.runIfDue();
  const done = vi.fn();
  const asked = work.runNow().then(done);
  runs[0]?.();
  await begun(2);
  expect(done).not.toHaveBeenCalled();
  runs[1]?.();
  await asked;
});

test("an outage is logged once, and the work goes on", async () => {
  const logged = vi.spyOn(log(), "error").mockReturnValue(undefined);
  const { work, runs, begun } = heldWork();
  work.start();
  for (const run of [1, 2, 3]) {
    await begun(run);
    runs.at(-1)?.(new Error("There is no database"));
  }
  await begun(4);
  expect(logged).toHaveBeenCalledOnce();
  const stopping = work.stop();
  runs.at(-1)?.();
  await stopping;
});

test("work pauses for a share of its duration, unless a run is requested", async () => {
  const { work, runs, begun } = heldWork({ pauseFactor: 1e12 });
  work.runIfDue();
  const again = work.runNow();
  runs[0]?.();
  await begun(2);
  runs[1]?.();
  await again;
  work.runIfDue();
  expect(runs).toHaveLength(2);
});
