import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { aptInstall, canAptInstall } from "../processes/apt-install";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/** The path of an installed Chromium; undefined if there is none. CHROME_PATH takes precedence. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)));
  const candidates = [
    process.env.CHROME_PATH ?? "",
    ...onPath,
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    join(homedir(), "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    // Playwright's own Chromium, if it was downloaded.
    chromium.executablePath(),
  ];
  return candidates.find((path) => path !== "" && existsSync(path));
}

/**
 * Finds a Chromium, or installs one: Playwright's download, or apt-get as root.
 *
 * @throws Error that says what to install
 */
export function needChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  process.stdout.write("Looking for a Chromium: trying Playwright's download ...\n");
  try {
    const cli = join(import.meta.dirname, "../../../node_modules/@playwright/test/cli.js");
    execFileSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: 10 * 60_000 });
  } catch {
    if (canAptInstall()) aptInstall(["chromium"]);
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    "No Chromium was found. Install Chromium or Google Chrome, run `npx playwright install chromium`, or set " +
      "CHROME_PATH to one.",
  );
}
