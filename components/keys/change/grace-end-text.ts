import { countOf } from "@/components/ui/count-of";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";

/** "Ending it now refuses about 44 calls an hour from 2 clients." */
export function graceEndText({ previous, callers }: KeyRotation): string {
  const { lastHour } = previous;
  if (lastHour === 0) return "No call used it in the last hour, so ending it now should refuse none.";
  const calls = `about ${countOf(lastHour, "call")} an hour`;
  const busy = callers.filter(({ callsLastHour }) => callsLastHour > 0);
  if (busy.length === 0 || busy.some(({ isRest }) => isRest)) return `Ending it now refuses ${calls}.`;
  return `Ending it now refuses ${calls} from ${countOf(busy.length, "client")}.`;
}
