import { readFileSync } from "node:fs";

/** A suite's result, with the names of tests that did not pass. */
export type Outcome = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
};

type VitestReport = {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: "passed" | "failed" | string }[];
  }[];
};

/** Vitest's JSON report. A file that could not be loaded counts as one failure. */
export function readVitestReport(path: string): Outcome {
  const { testResults } = JSON.parse(readFileSync(path, "utf8")) as VitestReport;
  const tests = testResults.flatMap((file) => file.assertionResults);
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: [
      ...tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
      ...broken.map(({ name }) => name),
    ],
    skipped: tests
      .filter(({ status }) => !["passed", "failed"].includes(status))
      .map((test) => test.fullName),
  };
}

type PlaywrightSuite = {
  title: string;
  specs?: { title: string; tests: { status: "expected" | "unexpected" | "flaky" | "skipped" }[] }[];
  suites?: PlaywrightSuite[];
};

/** Playwright's JSON report. */
export function readPlaywrightReport(path: string): Outcome {
  const { suites } = JSON.parse(readFileSync(path, "utf8")) as { suites: PlaywrightSuite[] };
  const specs = suites.flatMap(allSpecs);
  const named = (...wanted: string[]) =>
    specs.filter(({ tests }) => tests.some(({ status }) => wanted.includes(status))).map(({ name }) => name);
  return {
    passed: named("expected").length,
    failed: named("unexpected", "flaky"),
    skipped: named("skipped"),
  };
}

function allSpecs(suite: PlaywrightSuite): { name: string; tests: { status: string }[] }[] {
  const own = (suite.specs ?? []).map(({ title, tests }) => ({ name: `${suite.title} ${title}`, tests }));
  return [...own, ...(suite.suites ?? []).flatMap(allSpecs)];
}
