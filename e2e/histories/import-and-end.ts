import { foreignToken, sha256Of } from "@/e2e/support/data/import-test-keys";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { AskNode, Step } from "./step";
import type { Check } from "./verification-load";

/**
 * Imports a token that every node has cached as unknown: the next verification on any node must find it. Then the key
 * is paused, resumed and rolled like any other. The organization has imported keys before.
 *
 * @param checks receives the check of this token
 */
export function importAndEnd(askNode: AskNode, callerToken: string, checks: Check[]): Step[] {
  const token = foreignToken();
  checks.push({ callerToken, token, permission: "users:read", initially: "UNKNOWN" });
  const alters = [checks.length - 1];
  const key = { sha256: sha256Of(token), name: token, access_level: "ADMIN", roles: ["full_access"] };
  const act = (verb: string, verdict: string, body?: object): Step => ({
    kind: `${verb} imported`,
    alters,
    verdict,
    perform: async () => {
      const found = await database().apiKey.findFirst({ where: { name: token }, select: { id: true } });
      return found !== null && (await askNode("POST", `/v1/keys/${formatKeyId(found.id)}/${verb}`, body));
    },
  });
  return [
    {
      ...{ kind: "import", alters, verdict: "VALID" },
      perform: () => askNode("POST", "/v1/keys/import", { keys: [key] }),
    },
    act("pause", "PAUSED"),
    act("resume", "VALID"),
    act("roll", "ROLLED", { grace_seconds: 0 }),
  ];
}
