import { EnvironmentError } from "@/lib/load-env";
import { log } from "@/lib/log";

const expectedFaults = ["DataDirectoryInUse", "DataDirectoryUnfit", "DatabaseUnfit", "MigrationError"];
const connectionFaults = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ECONNREFUSED", "ENOTFOUND"];

/** Ends the process. What is for its operator to mend is said in plain words; a fault of ours with its trace. */
export function failStart(error: unknown): never {
  if (error instanceof EnvironmentError) process.stderr.write(`Latchkey did not start:\n${error.message}\n`);
  else if (error instanceof Error && isExpected(error))
    process.stderr.write(`Latchkey did not start: ${error.message}\n`);
  else log().fatal(error);
  process.exit(1);
}

function isExpected(error: Error & { code?: string }): boolean {
  return expectedFaults.includes(error.constructor.name) || connectionFaults.includes(error.code ?? "");
}
