import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Verification } from "./find-violations";

/** What is asked, and with which key: is this token good for this permission? */
export type Check = { readonly callerToken: string; readonly token: string; readonly permission: string };

/** What the driver is told, once, before it begins. */
export type LoadPlan = {
  /** The ports of the nodes. */
  readonly ports: readonly number[];
  readonly checks: readonly Check[];
};

/** Several verifications, five numbers or texts each, in the order of the type's fields. */
export type Records = readonly (number | string)[];

export type VerificationLoad = {
  /** What was answered so far; it grows. */
  readonly verifications: Verification[];
  /** Asks for these more often than for the others for a while. */
  readonly favour: (checks: readonly number[]) => void;
  readonly stop: () => Promise<void>;
};

const driver = fileURLToPath(new URL("./verification-driver.ts", import.meta.url));

/** Asks all nodes at full rate, from a process of its own, so that nobody waits for what measures. */
export async function startVerificationLoad(plan: LoadPlan): Promise<VerificationLoad> {
  const child = spawn(process.execPath, ["--import", "tsx", driver], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const verifications: Verification[] = [];
  child.on("message", (records: Records) => {
    for (let at = 0; at < records.length; at += 5) {
      const [check, node, startedAt, endedAt, verdict] = records.slice(at, at + 5);
      verifications.push({
        check: Number(check),
        node: Number(node),
        startedAt: Number(startedAt),
        endedAt: Number(endedAt),
        verdict: String(verdict),
      });
    }
  });
  child.send(plan);
  await once(child, "message");
  return {
    verifications,
    favour: (checks) => child.send({ favour: checks }),
    stop: async () => {
      if (child.exitCode !== null) return;
      // It says the last of what it knows and goes by itself.
      const ended = once(child, "close");
      child.send({ stop: true });
      await ended;
    },
  };
}
