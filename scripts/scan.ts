import { createReadStream, existsSync } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { TokenFinder } from "@/lib/token/token-finder";

// Finds Latchkey's tokens in files, folders or standard input. Offline, and no token is printed. Exits with 1 if a
// secret was found, with 2 if something could not be read, and otherwise with 0.
const paths = process.argv.slice(2);
/** npm runs commands in the project's folder, and passes the caller's folder in INIT_CWD. */
const from = process.env.INIT_CWD ?? process.cwd();
if (paths.some((path) => /^-./.test(path) && !existsSync(resolve(from, path))))
  stop("Say what to search: npm run scan -- PATH... (or - for standard input)");

/** Folders with other people's files, which are skipped unless the user names them. */
const skipped = new Set([".git", "node_modules"]);
const counts = { files: 0, secrets: 0, public: 0, unread: 0 };

for (const path of paths.length === 0 ? ["-"] : paths) {
  if (path === "-") await scanText("standard input", process.stdin);
  else await scanPath(path, resolve(from, path), true);
}
const found = `${count(counts.secrets, "secret")} and ${count(counts.public, "public key")}`;
const unread = counts.unread === 0 ? "" : `; ${counts.unread} could not be read`;
process.stderr.write(`${found} in ${count(counts.files, "file")}${unread}\n`);
process.exitCode = counts.secrets > 0 ? 1 : counts.unread > 0 ? 2 : 0;

/** @param isNamed whether the user named this path; links are then followed, and no folder is skipped */
async function scanPath(shown: string, path: string, isNamed: boolean): Promise<void> {
  try {
    const kind = await (isNamed ? stat : lstat)(path);
    if (kind.isDirectory()) {
      for (const name of (await readdir(path)).sort()) {
        if (!skipped.has(name)) await scanPath(join(shown, name), join(path, name), false);
      }
    } else if (kind.isFile() || isNamed) {
      await scanText(shown, createReadStream(path, { highWaterMark: 1024 * 1024 }));
    }
  } catch (error) {
    counts.unread++;
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${printable(shown)}: cannot be read: ${printable(why)}\n`);
  }
}

async function scanText(name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const finder = new TokenFinder();
  // Windows tools write UTF-16, where every other byte of a token is zero.
  let isWide: boolean | undefined;
  for await (const chunk of bytes) {
    const text = chunk.toString("latin1");
    isWide ??= /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(text);
    for (const { line, column, type, keyId } of finder.read(isWide ? text.replaceAll("\0", "") : text)) {
      counts[type === "public" ? "public" : "secrets"]++;
      const what = type === "refresh" ? "refresh token" : `${type} key`;
      const whose = keyId === null ? "" : ` ${formatKeyId(keyId)}`;
      process.stdout.write(`${printable(name)}:${line}:${column}: ${what}${whose}\n`);
    }
  }
  counts.files++;
}

/** Escapes what a terminal or a CI would take for a command in a file's name. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "?");
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
