import cluster from "node:cluster";

/** Workers that take longer are left out. */
const patienceMs = 3_000;

/** A message between workers. Their parent process forwards it, and adds the sender and the number of workers. */
type Told = {
  readonly round: number;
  readonly text?: string;
  readonly from: number;
  readonly workers: number;
};

type Round = (text: string, workers: number) => void;

let lastRound = 0;
const rounds = new Map<number, Round>();

/** Makes this worker answer when others ask for its metrics. Call it once in each worker. */
export function tellMetrics(): void {
  process.on("message", async (told: Told) => {
    if (typeof told?.round !== "number") return;
    if (told.text !== undefined) rounds.get(told.round)?.(told.text, told.workers);
    else tell({ to: told.from, round: told.round, text: await ownMetricsText() });
  });
}

/** The metrics of all workers, with the worker's number on each sample. Without workers, those of this process. */
export async function allMetricsText(): Promise<string> {
  if (cluster.isPrimary) return ownMetricsText();
  const round = ++lastRound;
  const texts: string[] = [];
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    rounds.set(round, (text, workers) => {
      if (texts.push(text) < workers) return;
      clearTimeout(timer);
      resolve();
    });
    tell({ to: "all", round });
  });
  rounds.delete(round);
  return joinMetrics(texts);
}

async function ownMetricsText(): Promise<string> {
  // This module takes 13 MB, so it is loaded on the first read.
  const { metricsText } = await import("./metrics-text");
  return await metricsText();
}

function tell(message: object): void {
  process.send?.(message);
}

/** Merges metrics of several workers. All samples of a metric must follow its description. */
export function joinMetrics(texts: readonly string[]): string {
  const metrics = new Map<string, Set<string>>();
  for (const text of texts) {
    let lines = new Set<string>();
    for (const line of text.split("\n")) {
      const name = /^# HELP (\S+)/.exec(line)?.[1];
      if (name !== undefined) {
        lines = metrics.get(name) ?? new Set();
        metrics.set(name, lines);
      }
      if (line !== "") lines.add(line);
    }
  }
  return [...metrics.values()].map((lines) => `${[...lines].join("\n")}\n`).join("");
}
