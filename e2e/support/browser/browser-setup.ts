import setUpDatabase from "../database/database-setup";
import { needChromium } from "./chromium";
import { deployedServer, deployedTag } from "./deployed-server";

/** Playwright's global setup: a browser, and the database that each worker's server copies. */
export default async function setUpBrowserTests(): Promise<() => Promise<void>> {
  // Passes the path to the workers, which would otherwise search again.
  process.env.CHROME_PATH = needChromium();
  const deployed = deployedServer();
  if (deployed !== undefined) {
    process.stdout.write(
      `Only the tests tagged ${deployedTag} run, against ${deployed.url}. The others are skipped: they start servers, set their clocks or read their databases, which needs a server of this machine.\n`,
    );
    return async () => undefined;
  }
  return setUpDatabase();
}
