import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/support/browser/chromium";

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
  // Generous: a busy machine is slow, and what hangs is found all the same.
  timeout: 240_000,
  expect: { timeout: 30_000 },
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
    trace: "retain-on-failure",
  },
});
