import { countOf } from "@/components/ui/count-of";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";

/** "Ending it now refuses about 44 calls an hour from 2 clients." Calls before the roll do not count. */
export function graceEndText({ previous, callers, isRecent, previousIsUsed }: KeyRotation): string {
  if (isRecent) {
    return previousIsUsed
      ? "Used since the roll, so ending it now refuses calls. The roll is too recent to say how many."
      : "Not used since the roll, which is too recent to say that nobody will.";
  }
  const { lastHour } = previous;
  if (lastHour === 0) return "No call used it in the last hour, so ending it now should refuse none.";
  const calls = `about ${countOf(lastHour, "call")} an hour`;
  const busy = callers.filter(({ callsLastHour }) => callsLastHour > 0);
  if (busy.length === 0 || busy.some(({ isRest }) => isRest)) return `Ending it now refuses ${calls}.`;
  return `Ending it now refuses ${calls} from ${countOf(busy.length, "client")}.`;
}
