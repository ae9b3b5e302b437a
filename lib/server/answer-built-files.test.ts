import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "@/e2e/support/api/raw-requests";
import { answerBuiltFiles } from "./answer-built-files";

const directory = mkdtempSync(join(tmpdir(), "built-"));
const script = brotliCompressSync("let one = 1;");
mkdirSync(join(directory, "chunks"));
writeFileSync(join(directory, "chunks/one.js.br"), script);
writeFileSync(join(directory, "style.css.br"), brotliCompressSync("a {}"));
writeFileSync(join(directory, "chunks/font.woff2"), "not compressed again");
const answer = answerBuiltFiles(directory);
const server = createServer((request, response) => {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  if (!answer(request, response)) response.writeHead(404).end("Next's");
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

const ask = (method: string, path: string, accepted = "gzip, deflate, br, zstd") =>
  send({ url }, method, path, { headers: { "Accept-Encoding": accepted } });

test("a script or style is sent as compressed by the build, and is cacheable for good", async () => {
  for (const method of ["GET", "HEAD"]) {
    const { status, headers } = await ask(method, "/_next/static/chunks/one.js");
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "application/javascript; charset=UTF-8",
      "content-encoding": "br",
      "content-length": String(script.length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
    });
    expect(headers.has("x-frame-options")).toBe(false);
  }
  const fetched = await fetch(`${url}/_next/static/chunks/one.js`, { headers: { "Accept-Encoding": "br" } });
  expect(await fetched.text()).toBe("let one = 1;");
  expect((await ask("GET", "/_next/static/style.css")).headers.get("content-type")).toMatch(/^text\/css/);
});

test.each([
  ["GET", "/_next/static/chunks/none.js"],
  ["GET", "/_next/static/chunks/font.woff2"],
  ["GET", "/_next/static/chunks/one.js.br"],
  ["GET", "/_next/static/chunks/%6fne.js"],
  ["GET", "/_next/static/chunks/one.js?x=1"],
  ["POST", "/_next/static/chunks/one.js"],
])("%s %s is left to Next", async (method, path) => {
  expect((await ask(method, path)).text).toBe("Next's");
});

test.each(["", "gzip", "br;q=0", "gzip, br; q=0.5", "*", "brotli"])(
  "a client that accepts %j gets what Next sends",
  async (accepted) => {
    expect((await ask("GET", "/_next/static/chunks/one.js", accepted)).text).toBe("Next's");
  },
);
