import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/support/browser/chromium";
import { deployedServer, deployedTag } from "./e2e/support/browser/deployed-server";

// Chromium refuses its sandbox to root, which is who runs in most containers.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/support/browser/browser-setup.ts",
  outputDir: "test-results",
  // Each worker has a server, a database and a browser of its own; two cores carry two.
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes at the second try has told of a fault at the first.
  retries: 0,
  // On a deployed server only the tests that ask nothing of the machine it runs on.
  grep: deployedServer() === undefined ? /./ : new RegExp(deployedTag),
  // Most take five seconds on an idle machine. Those that take half a minute call `test.slow()`, for three times this.
  timeout: 120_000,
  // Before the suites' own limit, and unlike that it says which tests were running.
  globalTimeout: 23 * 60_000,
  expect: { timeout: 30_000, toPass: { timeout: 60_000 } },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: findChromium(),
      args: [...asRoot, "--disable-background-networking"],
    },
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    permissions: ["clipboard-read", "clipboard-write"],
    // Pictures of each step take a third of all the time; `--trace on` takes them of a test that is run again.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
  },
});
