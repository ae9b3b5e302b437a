"use client";

import { useParams, useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { Segments } from "@/components/ui/choice/segments";
import { type DeliveryState, deliveryStates } from "@/lib/core/webhooks/endpoint-state";
import type { DeliveryCounts } from "@/lib/services/webhooks/list-deliveries";
import { webhooksPath } from "../webhooks-path";
import { stateWords } from "./delivery-state";

type DeliveryFilterProps = {
  endpointId: string;
  state: keyof DeliveryCounts | undefined;
  counts: DeliveryCounts;
};

/** Filters the deliveries by state. The state is in the URL, so that Back returns to it. */
export function DeliveryFilter({ endpointId, state, counts }: DeliveryFilterProps) {
  const router = useRouter();
  const { organization } = useParams<{ organization: string }>();
  const [, startTransition] = useTransition();
  // Shows the choice at once; the list follows when the server has answered.
  const [shownState, choose] = useOptimistic<DeliveryState | "all">(state ?? "all");
  const all = deliveryStates.reduce((sum, each) => sum + counts[each], 0);
  return (
    <Segments
      aria-label="State"
      className="max-lg:w-full [&>label]:max-lg:flex-1"
      options={[
        { value: "all", label: "All", count: all },
        ...deliveryStates.map((value) => ({ value, label: stateWords[value], count: counts[value] })),
      ]}
      value={shownState}
      onValueChange={(chosen) =>
        startTransition(() => {
          choose(chosen as DeliveryState | "all");
          const shown = chosen === "all" ? {} : { state: chosen as keyof DeliveryCounts };
          router.push(webhooksPath(organization, { endpoint: endpointId, ...shown }), { scroll: false });
        })
      }
    />
  );
}
