import { afterAll, beforeAll } from "vitest";
import type { Installation } from "../database/installation";
import { createInstallation } from "../database/installation";
import type { ServerProcess } from "./server-process";
import { startServer } from "./server-process";

/** Provides the tests of a file with the built server and its own database, which `seed` fills before the start. */
export function provideServer(
  seed: () => Promise<unknown>,
): Pick<ServerProcess, "url" | "output" | "shiftClock" | "stopClock" | "stop"> {
  let installation: Installation;
  let server: ServerProcess;
  beforeAll(async () => {
    installation = await createInstallation();
    await installation.withDatabase(seed);
    server = await startServer(installation.variables);
  });
  afterAll(async () => {
    await server?.kill();
    await installation.remove();
  });
  return {
    get url() {
      return server.url;
    },
    output: () => server.output(),
    shiftClock: (offsetMs) => server.shiftClock(offsetMs),
    stopClock: () => server.stopClock(),
    stop: () => server.stop(),
  };
}
