import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A local GitHub that signs secret scanning reports and publishes its keys. */
export type Github = {
  /** The value for GITHUB_KEYS_URL. */
  readonly keysUrl: string;
  /** How often its keys were requested. */
  readonly asked: () => number;
  /** Sets the response for its keys from now on. */
  readonly answer: (status: number, body: string, headers?: Record<string, string>) => void;
  /** The headers that GitHub sends with this body. */
  readonly sign: (body: string | Uint8Array) => Record<string, string>;
  /** Signs with a new key from now on; both the new and the old key are published. */
  readonly rotate: () => void;
  readonly close: () => Promise<void>;
};

type SigningKey = ReturnType<typeof newKey>;

export async function startGithub(): Promise<Github> {
  const keys = [newKey()];
  let asked = 0;
  let told: { status: number; body: string; headers: Record<string, string> } | null = null;
  const server = createServer((_request, response) => {
    asked++;
    const { status, body, headers } = told ?? { status: 200, body: published(keys), headers: {} };
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    keysUrl: `http://127.0.0.1:${port}/meta/public_keys/secret_scanning`,
    asked: () => asked,
    answer: (status, body, headers = {}) => {
      told = { status, body, headers };
    },
    sign: (body) => {
      const { id, privateKey } = keys[0] ?? newKey();
      return {
        "Github-Public-Key-Identifier": id,
        "Github-Public-Key-Signature": sign("sha256", Buffer.from(body), privateKey).toString("base64"),
      };
    },
    rotate: () => keys.unshift(newKey()),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let made = 0;

function newKey() {
  return { id: `key${++made}`, ...generateKeyPairSync("ec", { namedCurve: "prime256v1" }) };
}

function published(keys: readonly SigningKey[]): string {
  return JSON.stringify({
    public_keys: keys.map(({ id, publicKey }, index) => ({
      key_identifier: id,
      key: publicKey.export({ type: "spki", format: "pem" }),
      is_current: index === 0,
    })),
  });
}
