import type { BenchContext } from "./bench-context";
import type { LoadJob } from "./load-generator";

const path = "/v1/keys/verify";

/** A service's request: the key's state, and whether it has this permission. */
function bodyOf(token: string): string {
  return JSON.stringify({ key: token, permissions: ["workspaces:read"] });
}

export type Verifications = {
  /** A load of verifications spread over all keys. */
  readonly job: (port: number, over: Pick<LoadJob, "order" | "milliseconds"> & Partial<LoadJob>) => LoadJob;
  /** The response to one verification. */
  readonly answerOf: (port: number) => Promise<string>;
};

export async function verifications(context: BenchContext): Promise<Verifications> {
  const { caller } = await context.world();
  const bodies = (await context.tokens()).map(bodyOf);
  const headers = { Authorization: `Bearer ${caller}` };
  return {
    job: (port, over) => ({ port, path, headers, bodies, connections: 32, expect: '"valid":true', ...over }),
    answerOf: async (port) => {
      const sent = {
        method: "POST",
        body: bodies[0],
        headers: { ...headers, "Content-Type": "application/json" },
      };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, sent);
      const text = await answer.text();
      if (!text.includes('"valid":true')) throw new Error(`Not a good answer: ${answer.status} ${text}`);
      return text;
    },
  };
}
