"use client";

import { DialogButton } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { exactTimeText, useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import type { DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import { EnableEndpointDialog } from "../webhook-dialogs";
import { answerWord, momentText } from "../webhook-words";
import { useLookAgain } from "./use-look-again";

type EndpointNotesProps = { endpoint: EndpointView; rows: readonly DeliveryRow[] };

/** Notes on an endpoint's failures and temporary states, and what happens if nobody acts. */
export function EndpointNotes({ endpoint, rows }: EndpointNotesProps) {
  const zone = useTimeZone();
  const now = useNow();
  useLookAgain(endpoint.nextAttemptAt);
  const { state, failingSince, disabledAfter, disabledAt, previousSecretUntil } = endpoint;
  const lastAnswer = lastFailure(rows);
  return (
    <div className="grid gap-2 px-4 pb-3 empty:hidden">
      {state === "active" && failingSince !== null && (
        <Alert tone="warning">
          Deliveries have failed since {momentText(failingSince, now, zone)}
          {lastAnswer !== null && `, the last one with “${lastAnswer}”`}. Each is retried for a day.
          {disabledAfter !== null &&
            ` If none succeeds by ${momentText(disabledAfter, now, zone)}, the endpoint is disabled.`}
        </Alert>
      )}
      {state !== "active" && disabledAt !== null && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border bg-subtle px-3 py-2.5 text-sm">
          <p className="min-w-0 flex-1 basis-72">
            {state === "disabled"
              ? `This endpoint was disabled ${onDay(disabledAt, now, zone)}. Nothing is sent to it.`
              : `This endpoint was disabled ${onDay(disabledAt, now, zone)}, because nothing had reached it for days. Nothing is sent to it.`}
          </p>
          <DialogButton
            size="small"
            className="max-sm:h-10"
            expect={EnableEndpointDialog.expect}
            dialog={(props) => <EnableEndpointDialog endpoint={endpoint} {...props} />}
          >
            Enable
          </DialogButton>
        </div>
      )}
      {previousSecretUntil !== null && (
        <p className="text-ink-muted text-xs" title={exactTimeText(previousSecretUntil)}>
          Two signing secrets are valid until {momentText(previousSecretUntil, now, zone)}.
        </p>
      )}
    </div>
  );
}

/** The response to the most recent failed attempt on this page, in a word; null if none failed. */
function lastFailure(rows: readonly DeliveryRow[]): string | null {
  const failed = rows.filter(({ state, attemptedAt }) => state !== "delivered" && attemptedAt !== null);
  const [last] = failed.toSorted((one, other) => Number(other.attemptedAt) - Number(one.attemptedAt));
  return last === undefined ? null : answerWord(last);
}

function onDay(moment: Date, now: Date, zone: string): string {
  const text = momentText(moment, now, zone);
  return /^\d/.test(text) ? `at ${text}` : `on ${text}`;
}
