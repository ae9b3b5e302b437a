import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keySnapshot } from "@/e2e/support/data/key-snapshot";
import { JsonText } from "@/lib/core/json/json-text";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { KeyCache } from "./key-cache";

const organizationId = randomUUID();
/** Ids have 16 characters. */
const idOf = (name: string) => name.padEnd(16, "-");
const key = (name: string, over: Partial<KeySnapshot> = {}) =>
  keySnapshot({ id: idOf(name), organizationId, ...over });
const ofUser = (userId: string) => [{ organizationId, keyId: null, userId }];
const ofKey = (name: string) => [{ organizationId, keyId: idOf(name), userId: null }];

test("[L13] keeps equal metadata once", () => {
  const cache = new KeyCache(100);
  const metadata = () => JsonText.of('{"plan":"pro"}');
  cache.set(idOf("a"), key("a", { metadata: metadata() }));
  cache.set(idOf("b"), key("b", { metadata: metadata() }));
  expect(cache.get(idOf("a"))?.metadata).toBe(cache.get(idOf("b"))?.metadata);
  expect(cache.metadataSize).toBe(1);
  cache.forget(ofKey("a"));
  expect(cache.get(idOf("b"))?.metadata?.text).toBe('{"plan":"pro"}');
  cache.set(idOf("b"), key("b"));
  expect(cache.metadataSize).toBe(0);
});

test("[L13] keeps only metadata of keys, however much passes through", () => {
  const cache = new KeyCache(100);
  const changed = (id: string, index: number) =>
    key(id, { metadata: JsonText.of(`{"n":${index}}`), creatorId: `${index % 3}` });
  for (let index = 0; index < 3000; index++) {
    cache.set(idOf("a"), changed("a", index));
    if (index % 2 === 0) cache.forget(ofKey("a"));
    cache.set(idOf(`k${index % 500}`), changed(`k${index % 500}`, index));
    cache.get(idOf(`k${(index * 7) % 500}`));
    if (index % 100 === 0) cache.forget(ofUser("1"));
    expect(cache.metadataSize).toBeLessThanOrEqual(cache.size);
  }
  for (let index = 0; index < 500; index++) cache.forget(ofKey(`k${index}`));
  cache.forget(ofKey("a"));
  expect([cache.size, cache.metadataSize]).toEqual([0, 0]);
});

test("[L13] large metadata does not make the cache larger: it counts like keys", () => {
  const cache = new KeyCache(1000);
  const large = (index: number) => JsonText.of(JSON.stringify({ index, note: "x".repeat(1980) }));
  cache.set(idOf("used"), key("used"));
  let most = 0;
  for (let index = 0; index < 2000; index++) {
    cache.set(idOf(`k${index}`), key(`k${index}`, { metadata: large(index) }));
    most = Math.max(most, cache.size);
    expect(cache.get(idOf("used"))?.name).toBe(`Key ${idOf("used")}`);
  }
  expect(most).toBeGreaterThan(70);
  expect(most).toBeLessThan(1000 / (1 + 1980 / 200) + 2);
  expect(cache.metadataSize).toBeLessThanOrEqual(cache.size);
});
