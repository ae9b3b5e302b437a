import { formatKeyId } from "@/lib/core/keys/key-id";
import type { AskNode, Step } from "./planned-changes";
import { toldVerdict } from "./told-verdict";

type CheckedKey = { readonly id: string; readonly checks: readonly number[] };

/** What is answered is final in both directions: a resumption that was answered is seen everywhere too. */
export function pauseAndResume(askNode: AskNode, { id, checks: alters }: CheckedKey): Step[] {
  const become = (act: string, verdict: string) => ({
    kind: act,
    alters,
    verdict,
    perform: () => askNode("POST", `/v1/keys/${formatKeyId(id)}/${act}`),
  });
  const [pause, resume] = [become("pause", "PAUSED"), become("resume", "VALID")];
  return [pause, resume, pause, resume];
}

/** Gives a key a subject, then metadata, then others, then none. */
export function changeOwner(askNode: AskNode, { id, checks: alters }: CheckedKey): Step[] {
  const states = [
    ["cus_1", null],
    ["cus_1", { plan: "free", seats: 1 }],
    ["cus_2", { plan: "pro" }],
    [null, { plan: "pro" }],
    [null, null],
  ] as const;
  return states.map(([subject, metadata]) => ({
    kind: "subject and metadata",
    alters,
    verdict: toldVerdict("VALID", subject, metadata && JSON.stringify(metadata)),
    perform: () => askNode("PATCH", `/v1/keys/${formatKeyId(id)}`, { subject, metadata }),
  }));
}
