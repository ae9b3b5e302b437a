import { remember } from "@/lib/remember";
import { defaultFormats, type Formats } from "./formats";

/**
 * On the server, returns the formats of the request being handled. The server sets this, since it serves many readers
 * at once.
 */
export function formatsSource(): { of: () => Formats | undefined } {
  return remember("latchkey-formats", () => ({ of: () => undefined as Formats | undefined }));
}

let inBrowser: Formats | undefined;

/** The formats for the current reader. The browser takes them from the page, so both sides format alike. */
export function currentFormats(): Formats {
  if (typeof document === "undefined") return formatsSource().of() ?? defaultFormats;
  inBrowser ??= JSON.parse(document.documentElement.dataset.formats ?? "null") ?? defaultFormats;
  return inBrowser ?? defaultFormats;
}
