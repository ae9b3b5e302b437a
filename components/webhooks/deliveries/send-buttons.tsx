"use client";

import { RotateCcw } from "lucide-react";
import { useParams, useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/overlay/toast";
import { retryDelivery, testWebhook } from "@/lib/actions/webhooks/webhooks";
import type { Failure } from "@/lib/core/result";
import type { DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import { webhooksPath } from "../webhooks-path";

const disabled = "The endpoint is disabled. Enable it first.";

/** Sends a test message and opens its delivery. */
export function SendTestButton({ endpointId, active }: { endpointId: string; active: boolean }) {
  const router = useRouter();
  const { organization } = useParams<{ organization: string }>();
  const { run, pending, failed } = useAction(testWebhook, ({ deliveryId }) => {
    toast.success("The test is on its way");
    router.push(webhooksPath(organization, { endpoint: endpointId, delivery: deliveryId }), {
      scroll: false,
    });
  });
  useToldFailure(failed);
  return (
    <Button
      size="small"
      pending={pending}
      disabledBecause={active ? undefined : disabled}
      onClick={() => active && void run({ endpointId })}
      className="max-sm:h-10"
    >
      Send test
    </Button>
  );
}

type SendAgainButtonProps = {
  endpointId: string;
  delivery: Pick<DeliveryRow, "id" | "type">;
  active: boolean;
};

/** Sends a delivery again. The page stays where it is, so that people can go down the list. */
export function SendAgainButton({ endpointId, delivery, active }: SendAgainButtonProps) {
  const { run, pending, failed } = useAction(retryDelivery, () => {
    toast.success(`${delivery.type} will be sent again`);
  });
  useToldFailure(failed);
  return (
    <Button
      size="small"
      pending={pending}
      disabledBecause={active ? undefined : disabled}
      onClick={() => active && void run({ endpointId, deliveryId: delivery.id })}
      className="max-sm:h-10"
    >
      <RotateCcw aria-hidden />
      Send again
    </Button>
  );
}

function useToldFailure(failed: Failure | null): void {
  useEffect(() => {
    if (failed !== null) toast.error(failed.detail);
  }, [failed]);
}
