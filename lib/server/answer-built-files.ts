import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

/** Headers that only affect documents. On scripts and styles they would waste 300 bytes per file. */
const ofDocuments = ["Permissions-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy"];

/**
 * Serves the dashboard's scripts and styles as the build compressed them. Next serves everything else: fonts, missing
 * files, and clients that do not accept brotli.
 *
 * @param directory Next's static files, with a compressed copy, `.br`, of each script and style
 * @returns whether the request was answered
 */
export function answerBuiltFiles(directory: string) {
  // Half a megabyte in total. Files are looked up by the whole URL, so no URL can reach another file.
  const files = new Map(
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".br"))
      .map((name) => [
        `/_next/static/${name.slice(0, -".br".length).replaceAll(sep, "/")}`,
        readFileSync(join(directory, name)),
      ]),
  );
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url = "", headers } = request;
    const file = files.get(url);
    const type = types[url.slice(url.lastIndexOf("."))];
    if (file === undefined || type === undefined || (method !== "GET" && method !== "HEAD")) return false;
    if (!acceptsBrotli(headers["accept-encoding"])) return false;
    for (const name of ofDocuments) response.removeHeader(name);
    response.writeHead(200, {
      "Content-Type": type,
      "Content-Encoding": "br",
      "Content-Length": file.length,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
    });
    response.end(method === "HEAD" ? undefined : file);
    return true;
  };
}

/** Next handles clients that send weights (`br;q=0`). Browsers send none. */
function acceptsBrotli(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? "")
    .split(",")
    .some((each) => each.trim().toLowerCase() === "br");
}
