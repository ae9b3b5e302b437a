import setUpDatabase from "../database/database-setup";
import { needChromium } from "./chromium";

/** Playwright's global setup: a browser, and the database that each worker's server copies. */
export default async function setUpBrowserTests(): Promise<() => Promise<void>> {
  // Passed to the workers, which would otherwise look for one again.
  process.env.CHROME_PATH = needChromium();
  return setUpDatabase();
}
