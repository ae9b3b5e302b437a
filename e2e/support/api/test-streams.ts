import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { ClientLine } from "@/lib/core/keys/wire/key-wire";

export type TestStream = {
  readonly say: (line: ClientLine | string) => void;
  /** All lines received. */
  readonly heard: () => string;
  /** Waits for the first line with this member. */
  readonly line: (member: string) => Promise<Record<string, unknown>>;
  readonly cut: () => void;
  readonly closed: Promise<unknown>;
};

export type TestStreams = ReturnType<typeof testStreams>;

/**
 * Key streams opened by hand, for clients that behave differently from the library.
 *
 * @param always headers sent on every stream
 */
export function testStreams(url: string, always: Record<string, string> = {}) {
  const open: ClientRequest[] = [];

  function begin(headers: Record<string, string>): ClientRequest {
    const options = {
      method: "POST",
      agent: false,
      headers: { "Transfer-Encoding": "chunked", ...always, ...headers },
    };
    const opened = request(`${url}/v1/keys/stream`, options);
    opened.on("error", () => undefined);
    opened.flushHeaders();
    open.push(opened);
    return opened;
  }

  return {
    /** The response if the server refuses the stream. */
    refusal: async (headers: Record<string, string>) => {
      const [response] = (await once(begin(headers), "response")) as [IncomingMessage];
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      return { status: response.statusCode, json: JSON.parse(text), type: response.headers["content-type"] };
    },
    open: async (token: string): Promise<TestStream> => {
      const opened = begin({ Authorization: `Bearer ${token}` });
      const [response] = (await once(opened, "response")) as [IncomingMessage];
      expect(response.statusCode).toBe(200);
      return conversation(opened, response);
    },
    /** Cuts all streams. */
    cut: () => {
      for (const each of open.splice(0)) each.destroy();
    },
  };
}

function conversation(opened: ClientRequest, response: IncomingMessage): TestStream {
  let text = "";
  response.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  response.on("error", () => undefined);
  const closed = new Promise((resolve) => response.once("close", resolve));
  const line = async (member: string) => {
    for (;;) {
      const found = text
        .split("\n")
        .slice(0, -1)
        .map((each) => JSON.parse(each))
        .find((each) => member in each);
      if (found !== undefined) return found;
      await sleep(5);
    }
  };
  return {
    say: (said) => opened.write(`${typeof said === "string" ? said : JSON.stringify(said)}\n`),
    heard: () => text,
    line,
    cut: () => opened.socket?.destroy(),
    closed,
  };
}

/** Numbers the renewals, so that each can be matched to its response. */
let renewals = 0;

/** Requests leases until one is granted; returns when it runs out, on performance.now(). */
export async function lease({ say, heard }: TestStream): Promise<number> {
  for (;;) {
    const renewal = ++renewals;
    const sentAt = performance.now();
    say({ renew: renewal });
    const answer = new RegExp(`\\{"lease":${renewal},"ms":(\\d+)`);
    while (!answer.test(heard())) await sleep(2);
    const ms = Number(answer.exec(heard())?.[1]);
    expect(ms).toBeLessThanOrEqual(2000);
    if (ms > 0) return sentAt + ms;
    await sleep(100);
  }
}
