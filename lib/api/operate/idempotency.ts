import type { IncomingMessage } from "node:http";
import type { Permission } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import { runOnce } from "@/lib/services/idempotency/run-once";
import type { Outcome } from "./outcome";

/** Visible characters of ASCII. Node joins what was sent twice by a comma and a blank, which is none. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

/** What a client calls this very request by; undefined when it does not. */
function idempotencyKey({ headers }: IncomingMessage): Result<string | undefined> {
  const key = headers["idempotency-key"];
  if (key === undefined) return success(undefined);
  if (typeof key === "string" && idempotencyKeyPattern.test(key)) return success(key);
  return failure("invalid_request", "Idempotency-Key has 1 to 255 visible characters of ASCII.");
}

/** What becomes of an answer that is given again. */
type RepeatedAnswer = {
  /** Fields that are given once. */
  readonly once?: readonly string[];
  readonly noteWhenRepeated?: string;
};

/** Carries out what may be sent again, once for each idempotency key of the calling key. */
export async function idempotently(
  request: {
    readonly incoming: IncomingMessage;
    readonly context: KeyContext;
    readonly content: object;
    readonly permission: Permission | null;
  },
  { once = [], noteWhenRepeated }: RepeatedAnswer,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const { incoming, context, content } = request;
  const key = idempotencyKey(incoming);
  if (!key.ok) return key;
  if (key.value === undefined) return work();
  const outcome = await runOnce(
    {
      caller: { organizationId: context.organization.id, keyId: context.actor.keyId },
      idempotencyKey: key.value,
      content: JSON.stringify(content),
      at: context.origin.at,
    },
    once,
    work,
  );
  if (!outcome.ok || !("replayed" in outcome)) return outcome;
  // What the key was answered is not told to a token of it that could not have asked.
  const { byAccessToken, permissions } = context.actor;
  if (byAccessToken && request.permission !== null && !permissions.includes(request.permission)) {
    return failure("forbidden", `This needs the permission ${request.permission}.`);
  }
  const note = noteWhenRepeated === undefined ? {} : { note: noteWhenRepeated };
  const value = isObject(outcome.value) ? { ...outcome.value, ...note } : outcome.value;
  return { ok: true, value, headers: { "Idempotent-Replayed": "true" } };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
