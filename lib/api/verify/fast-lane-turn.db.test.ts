import { beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { countedCalls } from "@/e2e/support/data/counted-calls";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { operations } from "../all-operations";

// Requests of one event loop turn are answered together. These tests send several in one packet.

const api = provideTestApi(operations, ["127.0.0.0/8"]);
let organization: TestOrganization;

beforeAll(async () => {
  organization = await createTestOrganization("Turn");
});

type Asked = { readonly caller: string; readonly from?: string; readonly body?: object };

/** The statuses and bodies, in the order of the responses. */
async function together(asked: readonly Asked[], key: string): Promise<[status: number, body: string][]> {
  const requests = asked.map(({ caller, from = "203.0.113.7", body = { key } }, index) => {
    const text = JSON.stringify(body);
    const headers = [
      "Host: latchkey",
      `Authorization: Bearer ${caller}`,
      `X-Forwarded-For: ${from}`,
      "Content-Type: application/json",
      `Content-Length: ${text.length}`,
      index === asked.length - 1 ? "Connection: close" : "Connection: keep-alive",
    ];
    return `POST /v1/keys/verify HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n${text}`;
  });
  const answers = (await api.exchange(requests.join(""))).split("HTTP/1.1 ").slice(1);
  return answers.map((answer) => [Number(answer.slice(0, 3)), answer.slice(answer.indexOf("\r\n\r\n") + 4)]);
}

const statuses = async (asked: readonly Asked[], key: string) =>
  (await together(asked, key)).map(([status]) => status);

test("each is answered separately and in order, whatever else is in the turn", async () => {
  const service = await createTestKey(organization, { roles: ["key_verifier"] });
  const reader = await createTestKey(organization, { roles: ["read_only"] });
  const keys = await Promise.all(["a", "b", "c"].map((name) => createTestKey(organization, { name })));
  const asked = keys.flatMap(({ token }) => [
    { caller: service.token, body: { key: token } },
    { caller: reader.token, body: { key: token } },
    { caller: `${service.token.slice(0, -1)}_`, body: { key: token } },
    { caller: service.token, body: { nonsense: token } },
  ]);
  const answers = await together(asked, "");
  expect(answers.map(([status]) => status)).toEqual(keys.flatMap(() => [200, 403, 401, 400]));
  const named = answers.filter(([status]) => status === 200).map(([, body]) => JSON.parse(body).name);
  expect(named).toEqual(["a", "b", "c"]);
});

test("[L12] a caller with allowed addresses is accepted only from there", async () => {
  const allowedAddresses = ["203.0.113.0/24"];
  const bound = await createTestKey(organization, { roles: ["key_verifier"] });
  await database().apiKey.update({ where: { id: bound.id }, data: { allowedAddresses } });
  const from = (address: string) => ({ caller: bound.token, from: address });
  const asked = ["203.0.113.7", "198.51.100.1", "203.0.113.7", "203.0.113.8", "198.51.100.1"].map(from);
  expect(await statuses(asked, bound.token)).toEqual([200, 403, 200, 200, 403]);
});

test("[L2] each use counts, whether accepted or refused", async () => {
  const service = await createTestKey(organization, { roles: ["key_verifier"] });
  const ended = await createTestKey(organization, { roles: ["key_verifier"] });
  await endTestKey(ended, { revokedAt: new Date() });
  const asked = Array.from({ length: 6 }, (_, index) => ({ caller: (index % 2 ? ended : service).token }));
  expect(await statuses(asked, "x")).toEqual([200, 401, 200, 401, 200, 401]);
  expect(await countedCalls(service.id)).toEqual({ VALID: 3 });
  expect(await countedCalls(ended.id)).toEqual({ REVOKED: 3 });
});
