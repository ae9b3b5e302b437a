import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchContext } from "./support/bench-context";
import type { LoadJob } from "./support/load-generator";
import type { Measured } from "./support/measure";
import { shown, sideBySide } from "./support/side-by-side";

const rounds = 5;
const milliseconds = 2_500;
const keys = 1_000;
const fill = fileURLToPath(new URL("./support/embedded-keys.ts", import.meta.url));

/**
 * `POST /v1/keys/verify` on the embedded database, which runs in the same process: its thread writes counted uses twice
 * a second, and no verification may wait for that.
 */
export async function verifyEmbedded(context: BenchContext): Promise<Measured[]> {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-bench-"));
  try {
    const secret = () => randomBytes(32).toString("base64url");
    const variables = { DATA_DIR: dataDir, AUTH_SECRET: secret(), KEY_PEPPER: secret() };
    const filled = execFileSync(process.execPath, ["--import", "tsx", fill, String(keys)], {
      env: { ...process.env, ...variables },
      encoding: "utf8",
    });
    const { caller, tokens } = JSON.parse(filled) as { caller: string; tokens: string[] };
    const job = (port: number): LoadJob => ({
      ...{ port, path: "/v1/keys/verify", headers: { Authorization: `Bearer ${caller}` }, connections: 32 },
      bodies: tokens.map((key) => JSON.stringify({ key, permissions: ["workspaces:read"] })),
      ...{ order: "random", milliseconds, expect: '"valid":true' },
    });
    const load = await context.load();
    const latchkey = await context.start(["dist/server.mjs"], variables, "/readyz");
    const answer = await fetch(`http://127.0.0.1:${latchkey.port}/v1/keys/verify`, {
      method: "POST",
      headers: { ...job(0).headers, "Content-Type": "application/json" },
      body: job(0).bodies[0] ?? "",
    });
    const echo = await context.start(["bench/reference/echo-server.mjs"], { ANSWER: await answer.text() });
    const sides = [latchkey, echo].map((server) => ({ server, job: () => job(server.port) }));
    await sideBySide(load, sides, 1);
    const [ours, echoed] = await sideBySide(load, sides, rounds);
    await Promise.all([latchkey.stop(), echo.stop()]);
    if (!ours || !echoed) throw new Error("Nothing was measured");
    const ratio = ours.perSecond / echoed.perSecond;
    return [
      {
        what: "verify over HTTP on the embedded database, 1,000 keys at random; bare node:http echo",
        ours: shown(ours),
        reference: shown(echoed),
        ratio,
        target: ">= 0.9 of its requests, p99 <= 10 ms",
        met: ratio >= 0.9 && ours.p99Ms <= 10,
        details: { ours, echoed },
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
