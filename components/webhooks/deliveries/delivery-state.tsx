import { Check, Clock, type LucideIcon, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { DeliveryState as State } from "@/lib/core/webhooks/endpoint-state";
import type { DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import { answerWord } from "../webhook-words";

export const stateWords: Readonly<Record<State, string>> = {
  waiting: "Waiting",
  delivered: "Delivered",
  failed: "Failed",
};

/** Each state has its own shape; the color only repeats it. */
const marks: Readonly<Record<State, readonly [LucideIcon, color: string]>> = {
  waiting: [Clock, "text-status-expiring-ink"],
  delivered: [Check, "text-status-active-ink"],
  failed: [X, "text-status-revoked-ink"],
};

export function DeliveryState({ state }: { state: State }) {
  const [Icon, color] = marks[state];
  return (
    <span className="flex items-center gap-1.5 text-ink max-md:text-[0.8125rem]">
      <Icon aria-hidden className={classNames("size-3.5 shrink-0", color)} />
      {stateWords[state]}
    </span>
  );
}

/** The last answer: green if it ended the delivery, amber otherwise. */
export function AnswerBadge({ delivery }: { delivery: DeliveryRow }) {
  const word = answerWord(delivery);
  if (word === null) return <span className="text-ink-faint">None yet</span>;
  const color =
    delivery.state === "delivered"
      ? "bg-status-active-soft text-status-active-ink"
      : "bg-status-expiring-soft text-status-expiring-ink";
  return (
    <span
      title={word}
      className={classNames(
        "inline-block max-w-full truncate rounded align-middle px-1.5 font-medium text-xs leading-5",
        color,
      )}
    >
      {word}
    </span>
  );
}
