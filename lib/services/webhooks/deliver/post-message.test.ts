import dnsClient from "node:dns/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDnsServer } from "@/e2e/support/processes/dns-server";
import type { WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { isPublic } from "@/lib/core/webhooks/reachable-address";
import { postMessage } from "./post-message";

const signal = new AbortController().signal;
const loopback = ["127.0.0.0/8"];
/** By default the response is kept as from a public address, since this machine has none. */
const post = (url: string, allowed: readonly string[] = [], isShown = (_: string) => true) =>
  postMessage({ url: new URL(url), headers: {}, body: "{}", allowed, isShown, signal });

let receiver: WebhookReceiver;
/** The addresses of each name in the test's DNS. */
const names = new Map<string, readonly string[]>();
const asked: string[] = [];
let dns: Awaited<ReturnType<typeof startDnsServer>>;
const servers = dnsClient.getServers();
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  dns = await startDnsServer((name) => {
    asked.push(name);
    return names.get(name) ?? [];
  });
  dnsClient.setServers([dns.address]);
});
afterAll(async () => {
  dnsClient.setServers(servers);
  dns.close();
  await receiver.close();
});

const refused = [
  ...[
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "017700000001",
    "127.255.255.254",
  ],
  ...[
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
  ],
  ...[
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
  ],
  ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
  ...["[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]"],
  ...["[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]"],
  ...["[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]"],
  ...["localhost", "a.localhost", "127.0.0.1.", "①②⑦.0.0.1", "127。0。0。1"],
];

test.each(refused)("[L8] a webhook never reaches %s", async (host) => {
  for (const scheme of ["https", "http"]) {
    expect(await post(`${scheme}://${host}:${receiver.port}/`)).toEqual({
      ...{ status: null, body: null, error: "no reachable address" },
    });
  }
  expect(receiver.received).toEqual([]);
});

test("[L8] nothing is sent to a name that resolves to a private address", async () => {
  names.set("inside.example", ["10.0.0.1", "127.0.0.1", "169.254.169.254"]);
  expect(await post(`https://inside.example:${receiver.port}/`)).toMatchObject({
    error: "no reachable address",
  });
  expect(await post("https://nowhere.example/")).toMatchObject({ error: "no reachable address" });
  expect(receiver.received).toEqual([]);
});

test("[L8] the checked address is the one connected to: the name is resolved once", async () => {
  // The first lookup gives the allowed address; any later one would give another.
  let times = 0;
  const turning = { get: () => (times++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]) };
  Object.defineProperty(names, "get", { value: turning.get, configurable: true });
  asked.length = 0;
  const url = `http://turns.example:${receiver.port}/`;
  expect(await post(url, ["127.0.0.1/32"])).toMatchObject({ status: 204 });
  expect(asked).toEqual(["turns.example"]);
  expect(await post(url, ["127.0.0.1/32"])).toMatchObject({ error: "no reachable address" });
  Reflect.deleteProperty(names, "get");
  expect(receiver.received.at(-1)?.headers.host).toBe(`turns.example:${receiver.port}`);
});

test("[L8] addresses that the operator allows are reached even without TLS, and no others", async () => {
  expect(await post(receiver.url, loopback)).toMatchObject({ status: 204, error: null });
  expect(await post(`http://localhost:${receiver.port}/`, loopback)).toMatchObject({ status: 204 });
  expect(await post("http://93.184.216.34/", loopback)).toMatchObject({ error: "no reachable address" });
  // The receiver does not speak TLS.
  const { error } = await post(`https://127.0.0.1:${receiver.port}/`, loopback);
  expect(error).toBe("no valid certificate");
});

test("[L8] a redirect is an answer and is not followed", async () => {
  const before = receiver.received.length;
  receiver.answerWith((_, response) => response.writeHead(302, { location: "/elsewhere" }).end("moved"));
  expect(await post(receiver.url, loopback)).toEqual({ status: 302, body: "moved", error: null });
  expect(receiver.received.length).toBe(before + 1);
});

test("[L8] the first KiB of an endless answer is kept, and the connection is closed", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  receiver.answerWith((_, response) => {
    closed = new Promise((resolve) => response.once("close", resolve));
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  });
  expect(await post(receiver.url, loopback)).toEqual({
    ...{ status: 200, body: "x".repeat(1024), error: null },
  });
  await closed;
});

test("[L8] an answer that breaks off, is not HTTP, or contains a token", async () => {
  receiver.answerWith((_, response) => response.socket?.destroy());
  expect(await post(receiver.url, loopback)).toMatchObject({ status: null, error: "connection broken off" });
  receiver.answerWith((_, response) => response.socket?.end("SSH-2.0-OpenSSH\r\n"));
  expect(await post(receiver.url, loopback)).toMatchObject({ status: null, error: "not an HTTP answer" });
  const token = `lk_sk_${"a".repeat(54)}`;
  receiver.answerWith((_, response) => response.end(`${token}\0`));
  expect(await post(receiver.url, loopback)).toMatchObject({ status: 200, body: "lk_sk_..." });
});

test("[L8] only the status of an internal answer is kept, and only the failure if there is none", async () => {
  receiver.answerWith((_, response) => response.writeHead(200).end("inside"));
  expect(await post(receiver.url, loopback, isPublic)).toEqual({ status: 200, body: null, error: null });
  const silent = { status: null, body: null, error: "no answer" };
  // No TLS, no listener and no HTTP all give the same error.
  expect(await post(`https://127.0.0.1:${receiver.port}/`, loopback, isPublic)).toEqual(silent);
  receiver.answerWith((_, response) => response.socket?.end("SSH-2.0-OpenSSH\r\n"));
  expect(await post(receiver.url, loopback, isPublic)).toEqual(silent);
  const gone = await startWebhookReceiver();
  await gone.close();
  expect(await post(gone.url, loopback, isPublic)).toEqual(silent);
});
