import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { formatsSource } from "@/lib/formats/current-formats";
import { type Formats, formatsFor } from "@/lib/formats/formats";

const readers = new AsyncLocalStorage<Formats>();
formatsSource().of = () => readers.getStore();

/** Does the work for the reader who sent this request: dates and numbers are written as in their locale. */
export function withFormats(request: IncomingMessage, work: () => void): void {
  readers.run(formatsFor(request.headers["accept-language"]), work);
}
