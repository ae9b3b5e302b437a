import { describe, expect, test } from "vitest";
import { Loaded, onceLoaded } from "./loaded";

describe("a request that lacks something", () => {
  test("is judged again once all of it is loaded, and each thing is loaded once", async () => {
    const asked: string[] = [];
    const load = (name: string) => async () => {
      asked.push(name);
      return name;
    };
    const judged: unknown[] = [];
    const answer = await onceLoaded((loaded) => {
      const first = loaded.get("first", load("first"));
      const other = loaded.get("other", load("other"));
      const last = first && other && loaded.get("last", load(`${first} ${other}`));
      judged.push([first, other, last]);
      return last;
    });
    expect(answer).toBe("first other");
    expect(asked).toEqual(["first", "other", "first other"]);
    expect(judged).toHaveLength(3);
  });

  test("remembers a miss, and does not load it again", async () => {
    let loads = 0;
    const none = async () => {
      loads++;
      return null;
    };
    expect(await onceLoaded((loaded) => loaded.get("key", none))).toBeNull();
    expect(loads).toBe(1);
  });

  test("is counted once, however often it is judged", async () => {
    let counted = 0;
    const total = await onceLoaded((loaded) => {
      const own = loaded.once("count", () => ++counted);
      return loaded.get("key", async () => "key") && own;
    });
    expect([total, counted]).toEqual([1, 1]);
  });

  test("runs no effects before everything is loaded", async () => {
    let counted = 0;
    const own = await onceLoaded((loaded) => {
      const done = loaded.once("own", () => loaded.get("key", async () => "key") && ++counted);
      return done && loaded.get("another", async () => "other") && done;
    });
    expect([own, counted]).toEqual([1, 1]);
  });

  test("fails when the load does", async () => {
    const load = () => Promise.reject(new Error("lost"));
    await expect(onceLoaded((loaded) => loaded.get("key", load))).rejects.toThrow("lost");
  });

  test("fails if nothing is missing, instead of waiting forever", async () => {
    await expect(onceLoaded(() => undefined)).rejects.toThrow("Nothing is missing");
    await expect(new Loaded().load()).rejects.toThrow("Nothing is missing");
  });
});
