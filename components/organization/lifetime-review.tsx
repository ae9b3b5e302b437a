"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { MostUsedKeys } from "@/components/keys/impact/most-used-keys";
import { UseOfKeysFacts } from "@/components/keys/impact/use-of-keys";
import { Alert } from "@/components/ui/alert";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { type Failure, success } from "@/lib/core/result";
import type { EndingKey, LifetimePreview } from "@/lib/services/organizations/lifetime-preview";

type LifetimeReviewProps = {
  /** The refusal of a maximum lifetime that ends keys. */
  refusal: Failure | null;
  pending: boolean;
  /** Sends the form again with these fields. */
  onConfirm: (fields: Readonly<Record<string, string>>) => void;
};

/** Before a maximum lifetime that ends keys is saved: which ones, whose they are and how they are used. */
export function LifetimeReview({ refusal, pending, onConfirm }: LifetimeReviewProps) {
  const preview = previewIn(refusal);
  const [closed, setClosed] = useState<Failure | null>(null);
  if (refusal === null || preview === undefined || closed === refusal) return null;
  return (
    <ReviewDialog
      key={preview.at.getTime()}
      preview={preview}
      pending={pending}
      onClose={() => setClosed(refusal)}
      onConfirm={onConfirm}
    />
  );
}

/** A maximum lifetime that ends keys is no mistake, only something to look at. */
export function hasLifetimePreview(refusal: Failure): boolean {
  return previewIn(refusal) !== undefined;
}

function previewIn(refusal: Failure | null) {
  return refusal?.current?.lifetimePreview as LifetimePreview | undefined;
}

type ReviewDialogProps = Pick<LifetimeReviewProps, "pending" | "onConfirm"> & {
  preview: LifetimePreview;
  onClose: () => void;
};

function ReviewDialog({ preview, pending, onClose, onConfirm }: ReviewDialogProps) {
  const { now, soon, callsNow, callsSoon, maximumLifetimeDays, at, keys } = preview;
  const [typed, setTyped] = useState("");
  const number = String(now);
  // Keys that nobody uses can end without proof of attention.
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
      description={summary(preview)}
      opener={null}
      width={560}
      onClose={onClose}
      action={{ pending, failed: null, prompt: null }}
      submit={submit}
      onSubmit={() =>
        onConfirm({ shown: JSON.stringify({ maximumLifetimeDays, at: at.toISOString(), now, soon }) })
      }
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
      <p className="text-ink-muted text-sm">
        No key is changed. If you raise or remove the maximum later, they work again.
      </p>
      {asks && <TextToConfirm label={label} hint="These keys are in use." typed={typed} onType={setTyped} />}
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

function summary({ now, soon }: LifetimePreview): string {
  return `${ends({ now, soon }).join(", and ")}.`;
}

function ends({ now, soon }: Pick<LifetimePreview, "now" | "soon">): string[] {
  return [
    ...(now === 0 ? [] : [`${countOf(now, "key")} will expire at once`]),
    ...(soon === 0 ? [] : [`${countOf(soon, "key")} will expire within 7 days`]),
  ];
}

function callsMade(calls: number): string {
  const were = calls === 1 ? "1 call was made" : `${grouped(calls)} calls were made`;
  return `In the last 24 hours, ${were}`;
}
