import { setTimeout as sleep } from "node:timers/promises";

export type EvenRace = {
  /** Waits for the start of one racer or the other. */
  readonly start: (who: "one" | "other") => Promise<void>;
  /** Records which operation came first this time. */
  readonly wasFirst: (who: "one" | "other") => void;
};

const stepMs = 2;
const jitterMs = 12;

/**
 * Balances the start times of two racing operations over many rounds. How long each takes until they meet depends on
 * the machine, so whichever came first starts a little later in the next rounds. On any machine each then comes first
 * about equally often.
 */
export function evenRace(): EvenRace {
  const handicapMs = { one: 0, other: 0 };
  return {
    start: (who) => sleep(handicapMs[who] + Math.random() * jitterMs),
    wasFirst: (who) => {
      const slower = who === "one" ? "other" : "one";
      const less = Math.min(stepMs, handicapMs[slower]);
      handicapMs[slower] -= less;
      handicapMs[who] += stepMs - less;
    },
  };
}
