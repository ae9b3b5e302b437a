"use client";

import { useState } from "react";
import type { FormReview } from "@/components/forms/action-form";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { MostUsedKeys } from "@/components/keys/impact/most-used-keys";
import { UseOfKeysFacts } from "@/components/keys/impact/use-of-keys";
import { Alert } from "@/components/ui/alert";
import { countOf } from "@/components/ui/count-of";
import { faultOf } from "@/components/ui/field-context";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { type Failure, success } from "@/lib/core/result";
import type { EndingKey, LifetimePreview } from "@/lib/services/organizations/lifetime-preview";
import { endsText, laterText } from "./lifetime-words";

/** Shown before saving a maximum lifetime that ends keys: which keys, whose they are and how they are used. */
export function LifetimeReview({ refusal, ...form }: FormReview) {
  const fresh = previewIn(refusal);
  const [shown, setShown] = useState<{ since: Failure | null; preview: LifetimePreview | null }>(nothing);
  // The last preview stays while the server asks for the password, and while the request is sent again after a lost
  // response.
  if (shown.since !== refusal)
    setShown({ since: refusal, preview: fresh ?? (form.isAnswer ? shown.preview : null) });
  if (shown.preview === null) return null;
  return (
    <ReviewDialog
      key={shown.preview.at.getTime()}
      {...form}
      preview={shown.preview}
      refusal={form.isAnswer ? refusal : null}
      onClose={() => setShown({ since: refusal, preview: null })}
    />
  );
}

const nothing = { since: null, preview: null };

/** Does the refusal ask to review the keys that a maximum lifetime ends? It is not an error. */
export function hasLifetimePreview(refusal: Failure): boolean {
  return previewIn(refusal) !== undefined;
}

function previewIn(refusal: Failure | null) {
  return refusal?.current?.lifetimePreview as LifetimePreview | undefined;
}

type ReviewDialogProps = Omit<FormReview, "isAnswer"> & {
  preview: LifetimePreview;
  onClose: () => void;
};

function ReviewDialog({ preview, refusal, pending, onClose, onConfirm }: ReviewDialogProps) {
  const { now, soon, later, callsNow, callsSoon, maximumLifetimeDays, at, keys } = preview;
  const [typed, setTyped] = useState("");
  const { prompt, password } = usePrompt(refusal);
  const number = String(now);
  // Only keys that are in use need a typed confirmation.
  const asks = callsNow > 0;
  const label = `Type ${number}, the number of keys that end, to confirm`;
  const submit = {
    name: now === 0 ? "Save" : `Save and end ${countOf(now, "key")}`,
    variant: now === 0 ? "primary" : "danger",
    disabledBecause: asks && !isConfirmed(typed, number) ? `${label}.` : undefined,
  } as const;
  return (
    <FormDialog
      title={`Set the maximum lifetime to ${maximumLifetimeDays === 1 ? "1 day" : `${maximumLifetimeDays} days`}?`}
      description={endsText(preview)}
      opener={null}
      width={560}
      onClose={onClose}
      action={{ pending, failed: prompt === null ? refusal : null, prompt }}
      submit={submit}
      onSubmit={() => {
        const shown = JSON.stringify({ maximumLifetimeDays, at: at.toISOString(), now, soon });
        onConfirm({ shown, ...(prompt !== null && { password: password.typed }) });
      }}
    >
      {callsNow > 0 && (
        <Alert tone="danger">
          {callsMade(callsNow)} with {now === 1 ? "the key that ends" : "the keys that end"} at once. Calls
          like these will be refused.
        </Alert>
      )}
      {callsNow === 0 && callsSoon > 0 && (
        <Alert tone="notice">
          {callsMade(callsSoon)} with {soon === 1 ? "the key that ends" : "the keys that end"} within 7 days.
        </Alert>
      )}
      <UseOfKeysFacts impact={preview} />
      <MostUsedKeys total={now + soon} label="Keys that end" rows={success(keys)} more={EndOfKey} />
      {later.count > 0 && (
        <details className="text-sm">
          <summary className="chevron-summary w-fit cursor-pointer text-ink-muted first-letter:uppercase hover:text-ink">
            {laterText(later.count)}
          </summary>
          <div className="pt-2">
            <MostUsedKeys
              total={later.count}
              label="Keys that expire earlier"
              rows={success(later.keys)}
              more={EndOfKey}
            />
          </div>
        </details>
      )}
      <p className="text-ink-muted text-sm">
        No key is changed. If you raise or remove the maximum later, they work again.
      </p>
      {asks && (
        <TextToConfirm
          label={label}
          text={number}
          hint="These keys are in use."
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}

function EndOfKey({ endsAt, createdBy }: EndingKey) {
  return (
    <p className="text-ink-muted text-xs [overflow-wrap:anywhere]">
      {endsAt === null ? (
        <span className="text-danger-ink">Ends at once</span>
      ) : (
        <>
          Ends <RelativeTime moment={endsAt} />
        </>
      )}
      {" · created by "}
      <bdi>{createdBy.name}</bdi>
    </p>
  );
}

/** The password prompt of this dialog, shown once the server asks for the password. */
function usePrompt(refusal: Failure | null) {
  const wrong = faultOf(refusal?.fields, "password");
  const [password, setPassword] = useState({ since: refusal, typed: "" });
  // Clears a refused password, since it cannot be seen to be corrected.
  if (password.since !== refusal) setPassword({ since: refusal, typed: "" });
  const isAsked = refusal?.code === "reauthentication_required" || wrong !== undefined;
  const prompt = isAsked
    ? {
        value: password.typed,
        error: password.typed === "" ? wrong : undefined,
        change: (typed: string) => setPassword({ since: refusal, typed }),
      }
    : null;
  return { prompt, password };
}

function callsMade(calls: number): string {
  const were = calls === 1 ? "1 call was made" : `${grouped(calls)} calls were made`;
  return `In the last 24 hours, ${were}`;
}
