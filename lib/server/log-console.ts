import { format, stripVTControlCharacters } from "node:util";
import { log } from "@/lib/log";
import { withoutTokenText } from "@/lib/services/leaks/without-token-text";

const levels = {
  error: "error",
  trace: "error",
  warn: "warn",
  log: "info",
  info: "info",
  debug: "debug",
} as const;

/** Enough for an error's stack trace. */
const maximumLength = 8_000;

/**
 * Redirects the console and Node.js warnings into the log. Next, next-auth and other packages print what clients send:
 * a URL, an action's id, part of a body. Printed raw, a line break in it could fake a log line, and a terminal would
 * obey its escape sequences.
 */
export function logConsole(): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, "error" | "warn" | "info"][])
    console[method] = (...said: unknown[]) => log()[level](inOneLine(said));
  // Node's own listener prints them with the URL they warn about.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log().warn(inOneLine([warning])));
}

/** Truncates the text, and removes any token that a client put in the wrong place. */
function inOneLine(said: unknown[]): { readonly said: string } {
  return { said: withoutTokenText(stripVTControlCharacters(format(...said)), { maximumLength }) };
}
