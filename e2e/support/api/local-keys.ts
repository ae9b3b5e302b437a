import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll } from "vitest";
import { connectServer } from "@/lib/client/ask-server";
import { createLatchkey } from "@/lib/client/create-latchkey";
import type { Demand, Latchkey } from "@/lib/client/latchkey";
import { LocalKeys } from "@/lib/client/local-keys";
import type { Verification } from "@/lib/client/verification";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import type { TestKey } from "../data/test-key";
import { createTestKey } from "../data/test-key";
import type { TestOrganization } from "../data/test-organization";
import { createTestOrganization } from "../data/test-organization";
import { provideTestApi } from "./test-api";

/** Longer than any pause of the machine. */
const timeoutMs = 30_000;

/** Provides the tests of a file with an API, and a service that judges keys in process. */
export function provideLocalKeys() {
  const api = provideTestApi();
  let organization: TestOrganization;
  let caller: TestKey;
  let keys: LocalKeys;
  let http: Latchkey;
  const closing: Latchkey["close"][] = [];
  beforeAll(async () => {
    await startChangeFeed();
    organization = await createTestOrganization("Local");
    caller = await createTestKey(organization, { roles: ["key_verifier"] });
    const options = { timeoutMs, maxConnections: 4, userAgent: "reports/1.0" };
    keys = new LocalKeys(connectServer({ url: new URL(api.url), key: caller.token, ...options }));
    await keys.ready();
    http = createLatchkey({ url: api.url, key: caller.token, timeoutMs });
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(async () => {
    await Promise.all([keys.close(), http.close()]);
    await stopChangeFeed();
  });

  function connect(key: string): Latchkey {
    const latchkey = createLatchkey({ url: api.url, key, mode: "local", timeoutMs });
    closing.push(latchkey.close);
    return latchkey;
  }

  /** The verdict over HTTP. */
  const asked = (token: string, demand: Demand = {}) => http.verify(token, demand);

  /** The local verdict; on a busy machine there may be no lease for a moment. */
  async function judged(token: string, demand: Demand = {}): Promise<Verification> {
    for (;;) {
      const verification = keys.judge(token, demand);
      if (verification !== undefined) return verification;
      await sleep(10);
    }
  }
  /** `connect` returns a complete client, which is closed after the test. */
  return { world: () => ({ organization, caller, keys }), connect, asked, judged };
}
