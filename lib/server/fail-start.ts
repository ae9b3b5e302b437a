import { EnvironmentError } from "@/lib/load-env";
import { log } from "@/lib/log";

const expectedFaults = ["DataDirectoryInUse", "DataDirectoryUnfit", "DatabaseUnfit", "MigrationError"];
const connectionFaults = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ECONNREFUSED", "ENOTFOUND"];

/** Exits the process. Errors the operator can fix get a plain message; bugs get a stack trace. */
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
