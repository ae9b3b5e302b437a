import type { Logger } from "pino";
import { pino } from "pino";
import { remember } from "./remember";

/**
 * The process's log, as JSON lines on standard error. Nothing logs a request's body, its Authorization
 * header or an action's input, so no token and no password can be in it.
 */
export function log(): Logger {
  return remember("latchkeyLog", () =>
    pino({ base: ofWorker() }, harmless(pino.destination({ dest: 2, sync: true }))),
  );
}

/** With WORKERS, each line says which worker wrote it. */
function ofWorker(): { readonly worker: number } | null {
  const worker = process.env.LATCHKEY_WORKER;
  return worker === undefined ? null : { worker: Number(worker) };
}

/**
 * JSON only escapes characters below the space. Terminals also obey C1 controls, some programs end a line at U+2028,
 * and bidirectional marks reorder the text. JSON's own syntax uses none of them, so they only occur in strings and can
 * be escaped there.
 */
const obeyed = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function harmless(destination: { write(line: string): unknown }): { write(line: string): void } {
  return {
    write: (line) => void destination.write(line.replace(obeyed, (mark) => escaped(mark.charCodeAt(0)))),
  };
}

function escaped(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
