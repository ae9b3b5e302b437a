import type { ErrorCode } from "./error";
import type { Failure } from "./result";
import { failure } from "./result";

/** The opening of each refusal that the door sends a page in place of the action's own result. */
const openings = {
  forbidden: "This request did not come from a page of this dashboard.",
  too_large: "This request is too large.",
  invalid_request: "This request arrived incomplete.",
} as const satisfies Partial<Record<ErrorCode, string>>;

export type DoorRefusal = keyof typeof openings;

/** @param more what to do about it */
export function doorRefusal(code: DoorRefusal, more: string): Failure {
  return failure(code, `${openings[code]} ${more}`);
}

/** What Next's client throws when the server has no such action: it was upgraded after the page was loaded. */
const unknownAction = /^Server Action "\w+" was not found on the server/;

/** Reads a refusal from the door. Next's client throws a plain-text response as an error's message. */
export function readDoorRefusal(error: unknown): Failure | null {
  const message = error instanceof Error ? error.message.trim() : "";
  if (unknownAction.test(message)) {
    return failure("conflict", "Latchkey was updated. Reload the page, then try again. Nothing was changed.");
  }
  for (const [code, opening] of Object.entries(openings)) {
    if (message.startsWith(opening)) return failure(code as DoorRefusal, message);
  }
  return null;
}
