import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { buildToken, randomKeyId } from "@/lib/token/format";
import packageJson from "@/package.json" with { type: "json" };
import type { LatchkeyOptions } from "./create-latchkey";
import { createLatchkey } from "./create-latchkey";
import type { Latchkey } from "./latchkey";
import { LatchkeyError } from "./latchkey-error";

const api = provideTestApi();
let organization: TestOrganization;
let caller: TestKey;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  organization = await createTestOrganization("Client");
  caller = await createTestKey(organization, { roles: ["key_verifier"], accessLevel: "ADMIN" });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function client(over: Partial<LatchkeyOptions> = {}): Latchkey {
  // Longer than any pause of the machine, for tests that are not about timing.
  const latchkey = createLatchkey({ url: api.url, key: caller.token, timeoutMs: 30_000, ...over });
  closing.push(latchkey.close);
  return latchkey;
}

/** A server that is not Latchkey. */
async function impostor(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const whole = () => buildToken("secret", randomKeyId());

async function errorOf(work: Promise<unknown>): Promise<LatchkeyError> {
  const error = await work.then(
    () => new Error("there was a verdict"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LatchkeyError)) throw error;
  return error;
}

describe("[L10] the verdict over HTTP", () => {
  test("is the API's own response, whatever it is", async () => {
    const past = new Date(Date.now() - 1000);
    const namespace = { type: "organization", id: organization.id } as const;
    const good = await createTestKey(organization, { roles: ["read_only"] });
    const expired = await createTestKey(organization, { expiresAt: past });
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: past });
    const asked = [
      [good.token, {}, "VALID"],
      [good.token, { permissions: ["keys:read"], namespace, ip: "203.0.113.9" }, "VALID"],
      [good.token, { permissions: ["keys:roll"] }, "INSUFFICIENT_PERMISSIONS"],
      [good.token, { namespace: { type: "workspace", id: organization.id } as const }, "WRONG_NAMESPACE"],
      [expired.token, {}, "EXPIRED"],
      [revoked.token, {}, "REVOKED"],
      [whole(), {}, "UNKNOWN"],
      ["lk_sk_x", {}, "MALFORMED"],
    ] as const;
    const latchkey = client();
    for (const [token, demand, code] of asked) {
      const verification = await latchkey.verify(token, demand);
      expect(verification.code).toBe(code);
      expect(verification).toMatchObject((await api.verify({ key: token, ...demand }, caller.token)).json);
    }
  });

  test("a malformed token needs no server", async () => {
    const { token } = caller;
    const nowhere = client({ url: "http://127.0.0.1:1" });
    const wrong = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
    const cut = token.slice(0, -1);
    for (const text of ["", wrong, cut, ` ${token}`, `${token}\n`, "é", "x".repeat(1_000_000)]) {
      expect(await nowhere.verify(text)).toEqual({ valid: false, code: "MALFORMED" });
    }
    // A token of another format can belong to an imported key.
    for (const text of [token, "x", "ghp_x"]) {
      expect((await errorOf(nowhere.verify(text))).code).toBe("unavailable");
    }
  });
});

describe("without a verdict there is an error that says why", () => {
  test("refused: the service's own key is unknown or may not verify", async () => {
    const weak = await createTestKey(organization, { roles: ["auditor"] });
    for (const key of [whole(), weak.token]) {
      const error = await errorOf(client({ key }).verify(whole()));
      expect(error.code).toBe("refused");
    }
  });

  test("invalid_request names the field", async () => {
    const error = await errorOf(client().verify(whole(), { permissions: ["nonsense"] }));
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("permissions") });
  });

  test("unavailable: nobody answers in time", async () => {
    const silent = await impostor(() => undefined);
    // An endless wait fails by the test's timeout.
    const error = await errorOf(client({ url: silent, timeoutMs: 200 }).verify(whole()));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("200 ms") });
  });

  test("unavailable: the answer stalls halfway, breaks off, or never ends", async () => {
    const stalls = await impostor((_, response) => response.writeHead(200).write('{"valid":true,'));
    const breaks = await impostor((_, response) => {
      response.writeHead(200, { "Content-Length": 100 }).write('{"valid":true,"code":"VALID"');
      setTimeout(() => response.destroy(), 20);
    });
    const endless = await impostor((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
      };
      response.writeHead(200).on("drain", more);
      more();
    });
    for (const url of [stalls, breaks, endless]) {
      expect((await errorOf(client({ url, timeoutMs: 1000 }).verify(whole()))).code).toBe("unavailable");
    }
  });

  test("unavailable: something else answers, whatever it says", async () => {
    const answers = [
      "",
      "<html>",
      "true",
      "null",
      '{"valid":true}',
      '{"valid":true,"code":"REVOKED","permissions":[]}',
      '{"valid":"yes","code":"VALID","permissions":[]}',
      '{"valid":true,"code":"VALID"}',
      '{"valid":true,"code":"VALID","permissions":[],"subject":7,"metadata":null}',
      '{"valid":true,"code":"VALID","permissions":[],"subject":null,"metadata":"{}"}',
      '{"valid":true,"code":"VALID","permissions":[],"subject":null,"metadata":[1]}',
    ];
    for (const answer of answers) {
      const url = await impostor((_, response) => response.end(answer));
      expect((await errorOf(client({ url }).verify(whole()))).code).toBe("unavailable");
    }
    const moved = await impostor((_, response) => response.writeHead(302, { Location: api.url }).end());
    expect((await errorOf(client({ url: moved }).verify(caller.token))).code).toBe("unavailable");
  });

  test("rate_limited, with the time to retry", async () => {
    const url = await impostor((_, response) => response.writeHead(429, { "Retry-After": "7" }).end());
    const error = await errorOf(client({ url }).verify(whole()));
    expect(error).toMatchObject({ code: "rate_limited", retryAfterSeconds: 7 });
  });

  test("and no error or object of the library shows a token", async () => {
    const presented = whole();
    const silent = await impostor(() => undefined);
    for (const latchkey of [client(), client({ url: silent, timeoutMs: 50 }), client({ key: whole() })]) {
      const shown = await latchkey.verify(presented, { permissions: ["x"] }).catch((error: unknown) => error);
      const text = inspect([shown, latchkey], { depth: 12, showHidden: true });
      expect(text).not.toContain(presented.slice(6, 30));
      expect(text).not.toContain(caller.token.slice(6, 30));
    }
  });
});

describe("connections", () => {
  test("are kept alive, and a request on one that was closed meanwhile is retried", async () => {
    let connections = 0;
    const answer = '{"valid":false,"code":"UNKNOWN"}';
    const server = createServer((request, response) => {
      request.resume();
      // The second request of each connection finds it closed.
      const socket = request.socket as typeof request.socket & { asked?: number };
      socket.asked = (socket.asked ?? 0) + 1;
      if (socket.asked > 1) socket.destroy();
      else response.end(answer);
    });
    server.on("connection", () => {
      connections++;
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(async () => server.close());
    const latchkey = client({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    for (let time = 1; time <= 5; time++) {
      expect(await latchkey.verify(whole())).toEqual({ valid: false, code: "UNKNOWN" });
      expect(connections).toBe(time);
    }
  });

  test("the service names itself and its version", async () => {
    const seen: (string | undefined)[] = [];
    const url = await impostor((request, response) => {
      seen.push(request.headers["user-agent"], request.url);
      response.end('{"valid":false,"code":"UNKNOWN"}');
    });
    await client({ url: `${url}/keys/` }).verify(whole());
    expect(seen).toEqual([
      `latchkey-client/${packageJson.version} node/${process.versions.node}`,
      "/keys/v1/keys/verify",
    ]);
  });

  test("end with close, after which there is no verdict; earlier requests are answered", async () => {
    const latchkey = client();
    const asked = latchkey.verify(caller.token);
    await latchkey.close();
    expect(await asked).toMatchObject({ code: "VALID" });
    expect((await errorOf(latchkey.verify(caller.token))).code).toBe("closed");
  });
});

test("invalid input is refused at once, without showing it", () => {
  const key = caller.token;
  for (const url of ["", "keys.example.com", "ftp://x", "https://user@x", "https://x/?a=1"]) {
    expect(() => createLatchkey({ url, key })).toThrow(TypeError);
  }
  for (const wrong of ["", key.slice(1), buildToken("public", randomKeyId())]) {
    expect(() => createLatchkey({ url: api.url, key: wrong })).toThrow(/^key is not a whole secret key/);
  }
});
