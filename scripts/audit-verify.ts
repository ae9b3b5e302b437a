import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { closeDatabase, database } from "@/lib/db/client";
import { DataDirectoryInUse } from "@/lib/db/embedded/data-directory";
import { openDatabase } from "@/lib/db/open-database";
import { EnvironmentError, loadEnv } from "@/lib/load-env";
import { openCheckpoint } from "@/lib/services/audit/open-checkpoint";
import { signCheckpoint } from "@/lib/services/audit/sign-checkpoint";
import type { ChainPosition } from "@/lib/services/audit/verify-audit-chains";
import { checkAuditChains } from "@/lib/services/audit/verify-audit-chains";

// Checks every organization's audit chain. Exits with 1 if one is broken, and with 2 if they could not be checked.
const usage = "npm run audit:verify -- [--checkpoint FILE] [--write-checkpoint FILE]";

class CannotCheck extends Error {}

try {
  const files = readArguments();
  await openDatabase(loadEnv(process.env));
  const { positions, isGenuine } = await readCheckpoints(files.checkpoint);
  let isWhole = isGenuine;
  for await (const { organization, entries, faults, unkeyed, cut, beforeCut } of checkAuditChains(
    positions,
  )) {
    const outcome = faults.length === 0 ? ["whole"] : faults;
    for (const text of outcome) say(`${organization}: ${entries} entries, ${text}`);
    if (unkeyed !== null) {
      const since = unkeyed.keyedAt.toISOString();
      say(
        `${organization}: entries 1 to ${unkeyed.last} have no key of their own; the chain has one since ${since}`,
      );
    }
    if (cut !== null) {
      const range = cut.through === 1 ? "entry 1 is" : `entries 1 to ${cut.through} are`;
      say(`${organization}: ${range} no longer kept, since ${cut.at.toISOString()}`);
    }
    for (const { sequence, at } of beforeCut) {
      const of = `the checkpoint of ${at.toISOString()}`;
      say(`${organization}: ${of} is of entry ${sequence}, which is no longer kept; it was not compared`);
    }
    isWhole &&= faults.length === 0;
  }
  // A checkpoint of a broken chain would make it look intact next time.
  if (files["write-checkpoint"] !== undefined && isWhole) await writeCheckpoints(files["write-checkpoint"]);
  await closeDatabase();
  process.exit(isWhole ? 0 : 1);
} catch (error) {
  const isExpected = [CannotCheck, EnvironmentError, DataDirectoryInUse].some(
    (kind) => error instanceof kind,
  );
  const text = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error);
  process.stderr.write(`The audit trail was not checked: ${text}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const options = { checkpoint: { type: "string" }, "write-checkpoint": { type: "string" } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CannotCheck(`${error instanceof Error ? error.message : error}\nUsage: ${usage}`);
  }
}

/** Reads checkpoints, one per line, of any organizations and times. */
async function readCheckpoints(file: string | undefined) {
  const positions: ChainPosition[] = [];
  let isGenuine = true;
  if (file === undefined) return { positions, isGenuine };
  if (!existsSync(file)) throw new CannotCheck(`there is no file ${file}.`);
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    if (line.trim() === "") continue;
    const opened = await openCheckpoint(line.trim());
    if (opened === null) say(`${file}, line ${index + 1}: is not a checkpoint of this Latchkey`);
    else if (!opened.isSignatureChecked)
      say(`${file}, line ${index + 1}: the key that signed it is gone; compared without its signature`);
    if (opened === null) isGenuine = false;
    else positions.push(opened.position);
  }
  return { positions, isGenuine };
}

async function writeCheckpoints(file: string): Promise<void> {
  const organizations = await database().organization.findMany({
    orderBy: { id: "asc" },
    select: { id: true },
  });
  const lines: string[] = [];
  for (const { id } of organizations) {
    const signed = await signCheckpoint(id, new Date());
    if (!signed.ok) throw new CannotCheck(signed.detail);
    lines.push(`${signed.value.checkpoint}\n`);
  }
  // Write to a new file first: the existing one may be the only checkpoint.
  writeFileSync(`${file}.new`, lines.join(""));
  renameSync(`${file}.new`, file);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
