import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Installation } from "../support/database/installation";
import { createInstallation, temporaryDirectory, testDatabaseKind } from "../support/database/installation";
import { fullNode, startServer, verifyingNode } from "../support/processes/server-process";

let installation: Installation;
let root: string;
let image: string;
beforeEach(async () => {
  installation = await createInstallation();
  root = temporaryDirectory("image");
  image = join(root, "app");
});
afterEach(async () => {
  rmSync(root, { recursive: true, force: true });
  await installation.remove();
});

test("the image's files run on their own, and are not written to", async () => {
  for (const path of shipped()) {
    mkdirSync(dirname(join(image, path)), { recursive: true });
    // A symbolic link makes packages resolvable without being among the searched files.
    if (path === "node_modules") symlinkSync(resolve(path), join(root, path));
    else cpSync(path, join(image, path), { recursive: true });
  }
  rmSync(join(image, ".next/cache"), { recursive: true, force: true });
  const before = state();

  // A single container runs the full node; compose.yaml also runs a verifying one.
  const programs = testDatabaseKind() === "embedded" ? [fullNode] : [fullNode, verifyingNode];
  for (const program of programs) {
    const server = await startServer(installation.variables, undefined, join(image, program), image);
    try {
      if (program === fullNode) expect((await fetch(`${server.url}/sign-in`)).status).toBe(200);
      expect((await fetch(`${server.url}/v1/openapi.json`)).status).toBe(200);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  }
  // In a container the root file system is read-only.
  expect(state()).toEqual(before);
});

/** The files and folders that the last stage copies. */
function shipped(): string[] {
  const lines = readFileSync("Dockerfile", "utf8").match(/^COPY --from=build .+$/gm) ?? [];
  return lines.flatMap((line) => [...line.matchAll(/\/app\/(\S+)/g)].map(([, path = ""]) => path));
}

/** Each file with its size and modification time. */
function state(): string[] {
  return readdirSync(image, { recursive: true })
    .map(String)
    .map((path) => `${path} ${statSync(join(image, path)).size} ${statSync(join(image, path)).mtimeMs}`);
}
