import { env } from "@/lib/env";

/** Whether a mail server is configured. Pages that would send mail tell the person when it is not. */
export function isMailSet(): boolean {
  return env().smtp !== undefined;
}
