import { afterEach, beforeAll, expect, vi } from "vitest";
import type { TestKey } from "../data/test-key";
import { createTestKey } from "../data/test-key";
import { createTestOrganization } from "../data/test-organization";
import { provideTestApi } from "./test-api";

/** Provides an API for tests that attack it. After each of them a normal request must still be answered. */
export function provideHostileApi() {
  const api = provideTestApi();
  let key: TestKey;
  beforeAll(async () => {
    key = await createTestKey(await createTestOrganization("Hostile"));
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    expect((await api.verify({ key: key.token }, key.token)).json).toMatchObject({ valid: true });
  });
  /** The head of a verification request, without its final blank line. */
  const head = (more: string) =>
    `POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key.token}\r\nContent-Type: application/json\r\n${more}`;
  return { api, key: () => key, head };
}
