import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Verification } from "./find-violations";

/** A check and the key that sends it: is this token valid for this permission? */
export type Check = {
  readonly callerToken: string;
  readonly token: string;
  readonly permission: string;
  /** The verdict before all changes; VALID if omitted. */
  readonly initially?: string;
};

/** The driver's settings, sent once before it starts. */
export type LoadPlan = {
  /** The ports of the nodes. */
  readonly ports: readonly number[];
  readonly checks: readonly Check[];
};

/** Several verifications, five numbers or strings each, in the order of the type's fields. */
export type Records = readonly (number | string)[];

export type VerificationLoad = {
  /** The verifications so far; it grows. */
  readonly verifications: Verification[];
  /** Sends these more often than the others for a while. */
  readonly favour: (checks: readonly number[]) => void;
  readonly stop: () => Promise<void>;
};

const driver = fileURLToPath(new URL("./verification-driver.ts", import.meta.url));

/** Sends verifications to all nodes at full rate, from a separate process, so that measuring delays nothing. */
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
      // The process sends its last results and then exits.
      const ended = once(child, "close");
      child.send({ stop: true });
      await ended;
    },
  };
}
