import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { needChromium } from "../support/browser/chromium";
import { aboutMenus, findFaults } from "../support/browser/expect-accessible";
import type { SeededServer } from "../support/seeded/seeded-server";
import type { Taken } from "./contact-sheet";
import { contactSheet } from "./contact-sheet";
import type { Shot } from "./shot";
import { type Theme, type World, worlds } from "./worlds";

// Takes pictures of every page and dialog, for people to look at: npm run screenshots, or with words that the names
// contain: npm run screenshots -- 60-keys sheet,roll 390. `--resume` keeps the pictures that an earlier run has made,
// and `--axe` tells what axe finds in each. Each world has a server of its own, seeded anew.

const folder = "screenshots";
const heights: Readonly<Record<number, number>> = { 1440: 900, 768: 1024, 390: 844 };
/** The number of pages open at once. Their server and the browser take a core each. */
const hands = 2;
const patienceMs = 5_000;

type Picture = {
  readonly name: string;
  readonly world: World;
  readonly shot: Shot;
  readonly width: number;
  readonly theme: Theme;
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const words = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isResumed = process.argv.includes("--resume");
const isChecked = process.argv.includes("--axe");
const isAsked = (name: string) => words.every((word) => word.split(",").some((part) => name.includes(part)));

/** All possible pictures, in order. */
const all: Picture[] = worlds.flatMap((world) =>
  world.shots.flatMap((shot) =>
    world.widths
      .filter((width) => width > 400 || !shot.isWide)
      .flatMap((width) =>
        world.themes.map((theme) => ({
          ...{ world, shot, width, theme },
          name: `${world.name}/${shot.name}-${width}-${theme}`,
        })),
      ),
  ),
);
const asked = all.filter(({ name }) => isAsked(name));
const wanted = asked.filter(({ name }) => !(isResumed && existsSync(`${folder}/${name}.png`)));
if (asked.length === 0) {
  say(`No picture is named like that. A name is such as ${all[0]?.name}.`);
  process.exit(1);
}
if (words.length === 0 && !isResumed) rmSync(folder, { recursive: true, force: true });

const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: needChromium(), args: asRoot });
const failures = new Map<string, string>();
try {
  for (const world of worlds) {
    const ofWorld = wanted.filter((picture) => picture.world === world);
    if (ofWorld.length === 0) continue;
    mkdirSync(`${folder}/${world.name}`, { recursive: true });
    say(`Seeding ${world.name} ...`);
    const server = await world.start();
    try {
      await takeAll(browser, server, ofWorld);
    } finally {
      await server.stop();
    }
  }
} finally {
  await browser.close();
  const taken: Taken[] = all.flatMap(({ name }) => {
    const failure = failures.get(name);
    if (failure !== undefined) return [{ name, failure }];
    return existsSync(`${folder}/${name}.png`) ? [{ name }] : [];
  });
  writeFileSync(`${folder}/index.html`, contactSheet(taken));
  say(`\n${wanted.length - failures.size} pictures, ${failures.size} failed. Look at ${folder}/index.html.`);
  if (failures.size > 0) process.exitCode = 1;
}

/** Takes the pictures of a world, those that change something last and one after the other. */
async function takeAll(browser: Browser, server: SeededServer, pictures: readonly Picture[]): Promise<void> {
  const contexts = new Map<string, Promise<BrowserContext>>();
  /** One context per person and width, to reuse sessions and the browser's cache. */
  const contextOf = ({ isPublic, as }: Shot, width: number) => {
    const who = isPublic ? null : (as ?? "ana@example.com");
    const context = contexts.get(`${who} ${width}`) ?? newContext(browser, server, who, width);
    contexts.set(`${who} ${width}`, context);
    return context;
  };
  const openings = new Map<string, Picture[]>();
  for (const picture of pictures) {
    const opening = `${picture.shot.name} ${picture.width}`;
    openings.set(opening, [...(openings.get(opening) ?? []), picture]);
  }
  const isChanging = ([first]: readonly Picture[]) => first?.shot.changes === true;
  const all = [...openings.values()];
  const takeFrom = async (left: Iterator<readonly Picture[]>) => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const [first] = next.value;
      if (first !== undefined)
        await take(await contextOf(first.shot, first.width), server, first.shot, next.value);
    }
  };
  const still = all.filter((opening) => !isChanging(opening)).values();
  await Promise.all(Array.from({ length: hands }, () => takeFrom(still)));
  await takeFrom(all.filter(isChanging).values());
  for (const context of contexts.values()) await (await context).close();
}

async function newContext(browser: Browser, server: SeededServer, email: string | null, width: number) {
  const context = await browser.newContext({
    ...{ viewport: { width, height: heights[width] ?? 900 }, locale: "en-US", timezoneId: "Europe/Berlin" },
    ...{ reducedMotion: "reduce" as const, permissions: ["clipboard-read", "clipboard-write"] },
  });
  if (email !== null) await server.signIn(context, email);
  return context;
}

async function take(
  context: BrowserContext,
  server: SeededServer,
  shot: Shot,
  pictures: readonly Picture[],
): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  // The browser asks before leaving a dialog with a secret.
  page.on("dialog", (dialog) => void dialog.accept());
  const wear = (theme: Theme) =>
    page.emulateMedia({
      reducedMotion: "reduce",
      ...(theme === "forced-colors" ? { forcedColors: "active" } : { colorScheme: theme }),
    });
  try {
    const [first] = pictures;
    if (first !== undefined) await wear(first.theme);
    await shot.open(page, server);
    // Continue after a timeout: pictures of a loading state never finish loading.
    const skeleton = page.locator("[data-skeleton]");
    await skeleton
      .first()
      .waitFor({ state: "detached", timeout: patienceMs })
      .catch(() => undefined);
    await page.waitForLoadState("networkidle", { timeout: patienceMs }).catch(() => undefined);
    for (const { name, theme } of pictures) {
      await wear(theme);
      await page.screenshot({
        ...{ path: `${folder}/${name}.png`, animations: "disabled", fullPage: shot.isWholePage === true },
      });
      say(`  ${name}`);
      if (isChecked && theme !== "forced-colors") await check(page, name, theme);
    }
  } catch (error) {
    const failure = stripVTControlCharacters(error instanceof Error ? error.message : String(error))
      .split("\n")
      .slice(0, 3)
      .join(" ");
    for (const { name } of pictures) if (!failures.has(name)) failures.set(name, failure);
    say(`  FAILED ${pictures[0]?.name}: ${failure}`);
  } finally {
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.setOffline(false);
    await page.close();
  }
}

async function check(page: Page, name: string, theme: "light" | "dark"): Promise<void> {
  const isMenu = (await page.getByRole("menu").count()) > 0;
  const faults = await findFaults(page, theme, isMenu ? aboutMenus : []);
  // Content behind a sticky bar can be scrolled out from under it.
  const real = faults.filter((fault) => !fault.includes("partially obscured"));
  for (const fault of real) say(`  AXE ${name}: ${fault.replaceAll("\n", " ")}`);
  if (real.length > 0) process.exitCode = 1;
}
