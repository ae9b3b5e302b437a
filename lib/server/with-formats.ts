import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { formatsSource } from "@/lib/formats/current-formats";
import { type Formats, formatsFor } from "@/lib/formats/formats";

const readers = new AsyncLocalStorage<Formats>();
formatsSource().of = () => readers.getStore();

/** Runs the work with the formats of the reader who sent this request. */
export function withFormats(request: IncomingMessage, work: () => void): void {
  readers.run(formatsFor(request.headers["accept-language"]), work);
}
