import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { operations } from "@/lib/api/all-operations";
import { createApi } from "@/lib/api/app";
import { createApiListener } from "@/lib/api/listener";
import type { Operation } from "@/lib/api/operate/operation";
import { endKeyStreams } from "@/lib/api/verify/serve-key-stream";
import { createDoor, createFramedDoor } from "@/lib/server/door";
import type { HttpServer } from "@/lib/server/http-server";
import { createHttpServer } from "@/lib/server/http-server";
import { provideTestDatabase } from "../database/test-database";
import { descriptionChecker } from "./check-described";
import { openConnection, readToEnd } from "./raw-connection";

/** A response, checked against the API's description; `json` is whatever the body contains. */
export type Reply = Awaited<ReturnType<typeof fetchReply>>;

type Sent = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
};

export type TestApi = {
  readonly url: string;
  readonly call: (path: string, token?: string, sent?: Sent) => Promise<Reply>;
  /** Sends JSON, or no body if it is undefined. */
  readonly send: (
    method: string,
    path: string,
    token: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Reply>;
  /** Calls `POST /v1/keys/verify`. */
  readonly verify: (body: unknown, token: string, headers?: Record<string, string>) => Promise<Reply>;
  readonly connect: () => Promise<Socket>;
  /** Writes bytes on a new connection and returns everything received until the server closes it. */
  readonly exchange: (...writes: (string | Buffer)[]) => Promise<string>;
};

/**
 * Provides the tests of a file with the API on a free port and its own database, composed as in run-server.ts but
 * without the dashboard and in this process. A test can set the clock and change the database while it sends real HTTP
 * requests.
 *
 * @param list the operations, if a test brings its own
 * @param trustedProxies the proxies whose X-Forwarded-For counts
 * @param isFramed whether connections begin in the framer
 */
export function provideTestApi(
  list: readonly Operation[] = operations,
  trustedProxies: readonly string[] = [],
  isFramed = true,
): TestApi {
  let http: HttpServer;
  let port: number;
  let checkDescribed: ReturnType<typeof descriptionChecker>;
  provideTestDatabase();
  beforeAll(async () => {
    checkDescribed = descriptionChecker(list);
    const answerApi = createApiListener(createApi(list));
    const door = createDoor({ trustedProxies, answerApi, answerPage: null });
    // fetch reuses connections. On a busy machine a short keep-alive could close one just as a request is sent.
    const answerFramed = isFramed ? createFramedDoor(trustedProxies) : null;
    http = createHttpServer(door, { keepAliveSeconds: 120, upgrade: null, answerFramed });
    http.server.listen(0, "127.0.0.1");
    await once(http.server, "listening");
    ({ port } = http.server.address() as AddressInfo);
  });
  afterAll(async () => {
    const leases = endKeyStreams();
    const closed = once(http.server, "close");
    http.server.close();
    await leases;
    for (const connection of http.connections) connection.destroy();
    await closed;
  });

  const address = () => `http://127.0.0.1:${port}`;
  const open = () => openConnection(port);
  const call: TestApi["call"] = async (path, token, sent) => {
    const reply = await unlessLate(() => fetchReply(address() + path, token, sent));
    checkDescribed(sent?.method ?? "GET", path, reply);
    return reply;
  };
  const send: TestApi["send"] = (method, path, token, body, headers = {}) =>
    call(path, token, {
      method,
      ...(body === undefined
        ? { headers }
        : { headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) }),
    });
  return {
    get url() {
      return address();
    },
    call,
    send,
    verify: (body, token, headers) => send("POST", "/v1/keys/verify", token, body, headers),
    connect: open,
    exchange: async (...writes) => readToEnd(await open(), writes),
  };
}

/** The status of a response and, if refused, its code. */
export const statusAndCode = ({ status, json }: Reply) => [status, json?.code];

/** The earliest time after which the data plane gives up on the database. */
const givenUpMs = 800;

/** Retries a late 503: a process that was paused for a second gives up on its database. An earlier 503 is intended. */
export async function unlessLate<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const begun = performance.now();
    const reply = await ask();
    if (reply.status !== 503 || performance.now() - begun < givenUpMs || attempt === 5) return reply;
  }
}

async function fetchReply(url: string, token: string | undefined, sent: Sent = {}) {
  const credential: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { ...sent, headers: { ...credential, ...sent.headers } });
  const text = await response.text();
  const { status, headers } = response;
  const isJson = text !== "" && !headers.get("content-type")?.startsWith("text/plain");
  return { status, headers, text, json: isJson ? JSON.parse(text) : null };
}
