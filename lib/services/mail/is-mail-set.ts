import { env } from "@/lib/env";

/** Whether a mail server is configured. Pages that would send mail say so if it is not. */
export function isMailSet(): boolean {
  return env().smtp !== undefined;
}
