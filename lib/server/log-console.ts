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

/** As much as the trace of a fault takes. */
const maximumLength = 8_000;

/**
 * Makes the console, and the warnings of Node.js, a part of the log. Next, next-auth and other packages write there what a client sent: an
 * address, an action's id, a piece of its body. As it is, a line end in it begins a line that nobody can tell
 * from the log's own, and a terminal obeys its escapes.
 */
export function logConsole(): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, "error" | "warn" | "info"][])
    console[method] = (...said: unknown[]) => log()[level](inOneLine(said));
  // Node prints these itself, with the address that it warns of.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log().warn(inOneLine([warning])));
}

/** Cut, and without a token that a client put where it does not belong. */
function inOneLine(said: unknown[]): { readonly said: string } {
  return { said: withoutTokenText(stripVTControlCharacters(format(...said)), { maximumLength }) };
}
