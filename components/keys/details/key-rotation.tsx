"use client";

import { useId } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { ExactTime } from "@/components/ui/time/relative-time";
import type { KeyDetails, SecretView } from "@/lib/services/keys/read/key-view";
import { Facts } from "../facts";
import { KeyDialog } from "../list/key-dialogs";

/** A rolling key's two secrets: which one is in use, when the previous one ends, and a button to end it now. */
export function KeyRotation({ details }: { details: KeyDetails }) {
  const heading = useId();
  const [current, previous] = details.secrets;
  if (current === undefined || previous === undefined) return null;
  return (
    <section aria-labelledby={heading} className="p-5">
      <div className="rounded-lg border border-accent-line">
        <div className="grid gap-4 p-4">
          <h4 id={heading} className="font-semibold text-ink">
            Rotation
          </h4>
          <SecretFacts name="Current secret" secret={current} mark="bg-accent" />
          <SecretFacts name="Previous secret" secret={previous} mark="bg-line-strong" />
        </div>
        <div className="flex items-center justify-between gap-3 rounded-b-lg border-t bg-subtle px-4 py-3">
          <p className="text-ink-muted text-xs">
            {details.status === "paused"
              ? "The key is paused, so both are refused. Ending it now keeps it refused for good."
              : "Ending it now refuses every call that still uses it."}
          </p>
          <DialogButton
            variant="danger"
            className="shrink-0"
            disabled={!details.allowed.roll}
            dialog={(props) => <KeyDialog name="end-grace" apiKey={details} {...props} />}
          >
            End grace now
          </DialogButton>
        </div>
      </div>
    </section>
  );
}

function SecretFacts({ name, secret, mark }: { name: string; secret: SecretView; mark: string }) {
  const { createdAt, lastUsedAt, endsAt } = secret;
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-2 font-medium text-ink text-sm">
        <span aria-hidden className={`size-2 rounded-xs ${mark}`} />
        {name}
      </p>
      <Facts
        label={name}
        className="pl-4"
        facts={[
          ["Created", <ExactTime key="created" moment={createdAt} />],
          ["Last used", lastUsedAt === null ? "Never" : <ExactTime key="used" moment={lastUsedAt} />],
          ...(endsAt === null ? [] : [["Ends", <ExactTime key="ends" moment={endsAt} />] as const]),
        ]}
      />
    </div>
  );
}
