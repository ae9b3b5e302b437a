import { setTimeout as sleep } from "node:timers/promises";

export type EvenRace = {
  /** Waits for the start of the one, or of the other. */
  readonly start: (who: "one" | "other") => Promise<void>;
  /** Says which of them came first this time. */
  readonly wasFirst: (who: "one" | "other") => void;
};

const stepMs = 2;
const jitterMs = 12;

/**
 * The starts of two who race, round after round. How many steps each has to go before they meet, and how long
 * a step takes, is a matter of the machine: so whoever came first starts a little later from then on, and on
 * any machine each comes first about as often as the other.
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
