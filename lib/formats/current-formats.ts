import { remember } from "@/lib/remember";
import { defaultFormats, type Formats } from "./formats";

/** Set by the server, which answers many readers at once and knows which of them a piece of code works for. */
export function formatsSource(): { of: () => Formats | undefined } {
  return remember("latchkey-formats", () => ({ of: () => undefined as Formats | undefined }));
}

let inBrowser: Formats | undefined;

/** The reader's. The browser takes them from the page, so that it writes everything as the server did. */
export function currentFormats(): Formats {
  if (typeof document === "undefined") return formatsSource().of() ?? defaultFormats;
  inBrowser ??= JSON.parse(document.documentElement.dataset.formats ?? "null") ?? defaultFormats;
  return inBrowser ?? defaultFormats;
}
