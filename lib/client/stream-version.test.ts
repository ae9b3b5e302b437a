import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { keyStreamVersion } from "@/lib/core/keys/wire/key-wire";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { createLatchkey } from "./create-latchkey";

/** A Latchkey that only sends a hello with this version. */
async function latchkeyThatSpeaks(version: number) {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    response.write(
      `${JSON.stringify({ hello: version, organizationId: "o", currentPepper: 1, peppers: [] })}\n`,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const key = buildToken("secret", randomKeyId());
  const latchkey = createLatchkey({ url: `http://127.0.0.1:${port}`, key, mode: "local" });
  onTestFinished(async () => {
    server.closeAllConnections();
    await latchkey.close();
    server.close();
  });
  return latchkey;
}

test.each([keyStreamVersion - 1, keyStreamVersion + 1])(
  "[L14] a client of another version than %i is told so instead of waiting, and judges nothing itself",
  async (version) => {
    const latchkey = await latchkeyThatSpeaks(version);
    await expect(latchkey.ready()).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(`version ${version}`),
    });
    expect(latchkey.isLocal()).toBe(false);
    expect(latchkey.verifyHere(buildToken("secret", randomKeyId()))).toBeUndefined();
  },
);
