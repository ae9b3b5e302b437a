"use client";

import { Ban, Circle, CircleDashed, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import { momentText } from "./webhook-words";

/** Each state has its own shape; the color only repeats what the shape and the word say. */
const marks = {
  failing: [TriangleAlert, "text-status-expiring-ink"],
  delivering: [Circle, "fill-current p-[3px] text-status-active-ink"],
  ready: [CircleDashed, "text-ink-muted"],
  disabled: [Ban, "text-ink-muted"],
} as const;

function markOf({ state, failingSince, lastDeliveredAt, waiting }: EndpointView): keyof typeof marks {
  if (state !== "active") return "disabled";
  if (failingSince !== null) return "failing";
  return lastDeliveredAt === null && waiting === 0 ? "ready" : "delivering";
}

/** Whether the endpoint works or since when it fails, with the number of waiting deliveries below. */
export function EndpointStatus({ endpoint }: { endpoint: EndpointView }) {
  const zone = useTimeZone();
  const now = useNow();
  const mark = markOf(endpoint);
  const [Icon, color] = marks[mark];
  const { state, failingSince, disabledAt, lastDeliveredAt } = endpoint;
  const words: Readonly<Record<typeof mark, readonly [first: string, second: ReactNode]>> = {
    failing: [
      `Failing since ${momentText(failingSince ?? now, now, zone)}`,
      <Waiting key="" {...endpoint} />,
    ],
    delivering: [
      "Delivering",
      lastDeliveredAt === null || endpoint.waiting > 0 ? (
        <Waiting key="" {...endpoint} />
      ) : (
        <>
          Last one <RelativeTime short moment={lastDeliveredAt} />
        </>
      ),
    ],
    ready: ["Ready", "Nothing sent yet"],
    disabled: [
      state === "disabled" ? "Disabled" : "Disabled after failures",
      disabledAt !== null && <RelativeTime short moment={disabledAt} />,
    ],
  };
  const [first, second] = words[mark];
  return (
    <span className="grid gap-0.5">
      <span className="flex items-center gap-1.5 text-ink">
        <Icon aria-hidden className={classNames("size-3.5 shrink-0", color)} />
        {first}
      </span>
      <span className="text-ink-muted text-xs">{second}</span>
    </span>
  );
}

function Waiting({ waiting, nextAttemptAt }: Pick<EndpointView, "waiting" | "nextAttemptAt">) {
  const now = useNow();
  if (nextAttemptAt === null) return `${grouped(waiting)} waiting`;
  return (
    <>
      {grouped(waiting)} waiting, next try {/* A try that is due has not been made yet. */}
      {nextAttemptAt > now ? <RelativeTime short moment={nextAttemptAt} /> : "in a moment"}
    </>
  );
}
