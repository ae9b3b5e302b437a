import type { Logger } from "pino";
import { pino } from "pino";

const holder = globalThis as { latchkeyLog?: Logger };

/**
 * The process's log, as JSON lines on standard error. Nothing logs a request's body, its Authorization
 * header or an action's input, so no token and no password can be in it.
 */
export function log(): Logger {
  holder.latchkeyLog ??= pino({ base: null }, pino.destination({ dest: 2, sync: true }));
  return holder.latchkeyLog;
}
