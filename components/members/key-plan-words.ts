import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import type { KeyRule } from "@/lib/core/keys/impact/key-plan";
import type { AccessImpact, KeyReceiver } from "@/lib/services/members/member-view";

export type KeyPlanWords = {
  /** Whose keys they are: "Marcus Lindqvist", or "You". */
  readonly person: string;
  /** What happens to a key that is not transferred. */
  readonly stays: "Revoke" | "Leave";
  readonly none: string;
  readonly noReceiver: string;
  /** Whether to show which permissions each key loses, for changes after which keys keep working. */
  readonly showsLoss: boolean;
};

/** Words for a change after which the person has no access. */
export function wordsOfEnd(person: string): KeyPlanWords {
  return {
    person,
    stays: "Revoke",
    none: "No live key ends.",
    noReceiver: "All of them are revoked, since nobody else could have generated them.",
    showsLoss: false,
  };
}

/** Words for a lower level. @param there " there" for a resource, else empty */
export function wordsOfDemotion(person: string, there: string): KeyPlanWords {
  return {
    person,
    stays: "Leave",
    none: `No key${there} loses a permission.`,
    noReceiver: "All of them lose permissions, since nobody else could have generated them.",
    showsLoss: true,
  };
}

/** Says that expired keys are revoked too, since they no longer have a creator. Empty if there are none. */
export function stoppedText({ stays }: KeyPlanWords, { expired }: Pick<AccessImpact, "expired">): string {
  if (stays !== "Revoke" || expired === 0) return "";
  const [has, becomes] = expired === 1 ? ["has", "becomes"] : ["have", "become"];
  return `${countOf(expired, "key")} that ${has} expired ${becomes} revoked too, and cannot be transferred.`;
}

type Choice = { impact: AccessImpact; receiver: KeyReceiver; words: KeyPlanWords };

/** One of the choices for all keys, with what it does. */
export function ruleChoice(value: KeyRule, { impact, receiver, words }: Choice) {
  const { total, counts, hours } = impact;
  const used = counts.today + counts.earlier;
  const calls = hours.reduce((sum, hour) => sum + hour.calls, 0);
  const revokes = words.stays === "Revoke";
  const rest = (count: number) => {
    if (count === 0) return "Nothing stops working.";
    return revokes
      ? `${are(count)} revoked.`
      : `${grouped(count)} ${count === 1 ? "loses" : "lose"} permissions.`;
  };
  const all = total === 1 ? "it" : `all ${grouped(total)}`;
  switch (value) {
    case "transfer_used": {
      const moved = receiver.canGet.used;
      const kept = used - moved;
      const short = kept > 0 ? ` ${grouped(kept)} in use cannot go to ${receiver.name}.` : "";
      const description = `${countOf(moved, "key")} used in the last 90 days ${moved === 1 ? "moves and keeps" : "move and keep"} working. ${rest(total - moved)}${short}`;
      return {
        value,
        label: `Transfer the keys in use, ${revokes ? "revoke" : "leave"} the rest`,
        description,
      };
    }
    case "transfer_all": {
      const left = total - receiver.canGet.all;
      const description = left === 0 ? rest(0) : `${rest(left)} They cannot go to ${receiver.name}.`;
      return { value, label: `Transfer ${all}`, description };
    }
    default: {
      const description = revokes
        ? calls === 0
          ? "No calls in the last 24 hours."
          : `${countOf(calls, "call")} a day would be refused.`
        : `${total === 1 ? "It keeps" : "They keep"} working with fewer permissions.`;
      return { value, label: `${revokes ? "Revoke" : "Leave"} ${all}`, description };
    }
  }
}

function are(count: number): string {
  return count === 1 ? "1 is" : `${grouped(count)} are`;
}
