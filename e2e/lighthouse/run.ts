import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { needChromium } from "../support/browser/chromium";
import { freePort } from "../support/processes/free-port";
import { startSeededServer } from "../support/seeded/seeded-server";
import { installLighthouse } from "./install-lighthouse.mjs";
import type { FormFactor, MeasuredPage } from "./pages";
import { measuredPages, perfect } from "./pages";

// Runs Lighthouse on the main pages, mobile and desktop, and compares the figures with their goals. Measures all pages,
// or those whose name contains a word: npm run lighthouse -- keys. `--runs=1` measures once instead of three times.

type Figures = {
  performance: number;
  accessibility: number;
  bestPractices: number;
  /** Milliseconds. */
  largestPaint: number;
  blocking: number;
  shift: number;
  javaScriptKb: number;
};

type Report = {
  /** Set when the page could not be measured. */
  readonly runtimeError?: { readonly code: string; readonly message: string };
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly audits: Readonly<
    Record<
      string,
      {
        readonly numericValue?: number;
        readonly score: number | null;
        readonly title: string;
        readonly details?: { readonly items?: readonly Record<string, unknown>[] };
      }
    >
  >;
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const words = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const runs = Number(
  /^--runs=(\d+)$/.exec(process.argv.find((each) => each.startsWith("--runs")) ?? "")?.[1] ?? 3,
);
const pages = measuredPages.filter(({ name }) =>
  words.every((word) => name.toLowerCase().includes(word.toLowerCase())),
);
if (pages.length === 0) {
  say(`No page is named like that. There are: ${measuredPages.map(({ name }) => name).join("; ")}.`);
  process.exit(1);
}

const folder = installLighthouse();
const load = async (file: string) => (await import(pathToFileURL(join(folder, file)).href)).default;
const lighthouse = await load("core/index.js");
const desktop = await load("core/config/desktop-config.js");

const port = await freePort();
const server = await startSeededServer(120);
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({
  executablePath: needChromium(),
  args: [...asRoot, `--remote-debugging-port=${port}`],
});
try {
  const context = await browser.newContext();
  await server.signIn(context);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  await context.close();
  say(`${runs} runs each; the median. The server, the browser and Lighthouse share this machine.\n`);
  say(
    "| page | on | performance | accessibility | best practices | LCP s | TBT ms | CLS | JavaScript KB | met |",
  );
  say(
    "| ---- | -- | ----------- | ------------- | -------------- | ----- | ------ | --- | ------------- | --- |",
  );
  for (const page of pages) {
    for (const formFactor of ["mobile", "desktop"] as const) {
      const found: Figures[] = [];
      let failure = "";
      for (let run = 0; run < runs; run++) {
        const report = await measure(page, formFactor, page.isPublic ? {} : { Cookie: cookie });
        if (report.runtimeError === undefined) found.push(figuresOf(report));
        else failure = `${report.runtimeError.code}: ${report.runtimeError.message}`;
      }
      const isMeasured = found.length > 0;
      if (!isMeasured) process.exitCode = 1;
      say(
        isMeasured
          ? row(page, formFactor, median(found))
          : `| ${page.name} | ${formFactor} | not measured: ${failure} |`,
      );
    }
  }
} finally {
  await browser.close();
  await server.stop();
}

async function measure(
  page: MeasuredPage,
  formFactor: FormFactor,
  extraHeaders: Record<string, string>,
): Promise<Report> {
  const options = {
    ...{
      port,
      extraHeaders,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility", "best-practices"],
    },
  };
  const url = server.url + page.path(server.organization);
  const { lhr } = await lighthouse(url, options, formFactor === "desktop" ? desktop : undefined);
  return lhr;
}

function figuresOf({ categories, audits }: Report): Figures {
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const value = (name: string) => audits[name]?.numericValue ?? Number.NaN;
  const requests = audits["network-requests"]?.details?.items ?? [];
  const scripts = requests.filter(({ resourceType }) => resourceType === "Script");
  const bytes = scripts.reduce((sum, { transferSize }) => sum + Number(transferSize ?? 0), 0);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    largestPaint: value("largest-contentful-paint"),
    blocking: value("total-blocking-time"),
    shift: value("cumulative-layout-shift"),
    javaScriptKb: bytes / 1000,
  };
}

function median(found: readonly Figures[]): Figures {
  const names = Object.keys(found[0] ?? {}) as (keyof Figures)[];
  const middle = (name: keyof Figures) =>
    found.map((each) => each[name]).sort((one, other) => one - other)[Math.floor(found.length / 2)];
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as Figures;
}

function row(page: MeasuredPage, formFactor: FormFactor, figures: Figures): string {
  const target = page.performance[formFactor];
  const { performance, accessibility, bestPractices, javaScriptKb } = figures;
  const missed = [
    performance < target && "performance",
    accessibility < perfect && "accessibility",
    bestPractices < perfect && "best practices",
    page.javaScriptKb !== undefined && javaScriptKb > page.javaScriptKb && "JavaScript",
  ].filter((each) => each !== false);
  return `| ${[
    page.name,
    formFactor,
    `${performance} of ${target}`,
    `${accessibility} of ${perfect}`,
    `${bestPractices} of ${perfect}`,
    (figures.largestPaint / 1000).toFixed(1),
    figures.blocking.toFixed(0),
    figures.shift.toFixed(2),
    page.javaScriptKb === undefined
      ? javaScriptKb.toFixed(0)
      : `${javaScriptKb.toFixed(0)} of ${page.javaScriptKb}`,
    missed.length === 0 ? "yes" : `no: ${missed.join(", ")}`,
  ].join(" | ")} |`;
}
