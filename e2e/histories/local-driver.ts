// A service that verifies in process: built and started by local-service.ts, controlled by messages. It reports each
// verdict with its start time on the machine's monotonic clock.
import { setTimeout as sleep } from "node:timers/promises";
import { createLatchkey } from "@/lib/client/create-latchkey";
import { LatchkeyError } from "@/lib/client/latchkey-error";
import type { Verification } from "@/lib/client/verification";
import type { LocalPlan } from "./local-service";
import { nowUs } from "./now-us";
import { toldVerdict } from "./told-verdict";

const atOnce = 40;
/** Limits the reports in flight to the parent, which would otherwise read a backlog for minutes after a pause. */
const pauseMs = 4;

let records: (number | string)[] = [];
let isStopped = false;

process.on("message", (told: LocalPlan | { readonly stop: true }) => {
  if ("stop" in told) isStopped = true;
  else void run(told);
});

function told(verification: Verification | null): string {
  if (verification === null) return "503";
  if (!("subject" in verification)) return verification.code;
  return toldVerdict(verification.code, verification.subject, verification.metadata_json);
}

async function run({ url, key, tokens }: LocalPlan): Promise<void> {
  const latchkey = createLatchkey({ url, key, mode: "local", timeoutMs: 1000 });
  setInterval(() => {
    process.send?.(records);
    records = [];
  }, 100);
  const ask = async () => {
    const check = Math.floor(Math.random() * tokens.length);
    const startedAt = nowUs();
    const verification = await latchkey.verify(tokens[check] ?? "").catch((error: unknown) => {
      if (error instanceof LatchkeyError) return null;
      throw error;
    });
    // Local verdicts are shared between callers, hence frozen.
    const isLocal = verification !== null && Object.isFrozen(verification) ? 1 : 0;
    records.push(check, isLocal, startedAt, nowUs(), told(verification));
  };
  let asking = 0;
  while (!isStopped) {
    // HTTP verifications are awaited separately: meanwhile the next ones are judged locally.
    for (let count = 0; count < atOnce && asking < 200; count++) {
      asking++;
      void ask().finally(() => asking--);
    }
    await sleep(pauseMs);
  }
  await latchkey.close();
  process.send?.(records, () => process.exit(0));
}
