import { env } from "@/lib/env";

/** Is there a mail server? Pages that would mail something say so when there is none. */
export function isMailSet(): boolean {
  return env().smtp !== undefined;
}
