import { setTimeout as sleep } from "node:timers/promises";

export type EvenRace = {
  /** Waits for the start of one racer or the other. */
  readonly start: (who: "one" | "other") => Promise<void>;
  /** Records which of them came first this time. */
  readonly wasFirst: (who: "one" | "other") => void;
};

const stepMs = 2;
const jitterMs = 12;

/**
 * Start times for two racing operations, round after round. How many steps each takes before they meet, and how long a
 * step takes, depends on the machine. So whichever came first starts a little later from then on, and on any machine
 * each comes first about equally often.
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
