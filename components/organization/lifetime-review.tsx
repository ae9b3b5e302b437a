"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { Alert } from "@/components/ui/alert";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { Failure } from "@/lib/core/result";
import type {
  EndingKey,
  EndingOfCreator,
  LifetimePreview,
} from "@/lib/services/organizations/lifetime-preview";

type LifetimeReviewProps = {
  /** The refusal of a maximum lifetime that ends keys. */
  refusal: Failure | null;
  pending: boolean;
  /** Sends the form again with these fields. */
  onConfirm: (fields: Readonly<Record<string, string>>) => void;
};

/** Before a maximum lifetime that ends keys is saved: which ones, whose they are and how they are used. */
export function LifetimeReview({ refusal, pending, onConfirm }: LifetimeReviewProps) {
  const preview = refusal?.current?.lifetimePreview as LifetimePreview | undefined;
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

type ReviewDialogProps = Pick<LifetimeReviewProps, "pending" | "onConfirm"> & {
  preview: LifetimePreview;
  onClose: () => void;
};

function ReviewDialog({ preview, pending, onClose, onConfirm }: ReviewDialogProps) {
  const { now, soon, callsNow, callsSoon, maximumLifetimeDays, at, creators, moreCreators } = preview;
  const [typed, setTyped] = useState("");
  const number = String(now);
  // Keys that nobody uses can end without proof of attention.
  const asks = callsNow > 0;
  const submit = {
    name: now === 0 ? "Save" : `Save and end ${keys(now)}`,
    variant: now === 0 ? "primary" : "danger",
    disabled: asks && !isConfirmed(typed, number),
  } as const;
  return (
    <FormDialog
      title={`Set the maximum lifetime to ${maximumLifetimeDays === 1 ? "1 day" : `${maximumLifetimeDays} days`}?`}
      description={summary(preview)}
      opener={null}
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
      <ul aria-label="Keys that end, by creator" className="grid divide-y rounded-md border">
        {creators.map((each) => (
          <CreatorOfEnding key={each.creator.id} {...each} />
        ))}
      </ul>
      {moreCreators > 0 && (
        <p className="text-ink-muted text-xs">
          And keys of {moreCreators === 1 ? "1 more person" : `${grouped(moreCreators)} more people`}, which
          are used less.
        </p>
      )}
      <p className="text-ink-muted text-sm">
        No key is changed. If you raise or remove the maximum later, they work again.
      </p>
      {asks && (
        <TextToConfirm
          label="Type the number of keys that end to confirm"
          why="These keys are in use."
          text={number}
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}

function CreatorOfEnding({ creator, now, soon, calls, keys: shown }: EndingOfCreator) {
  const more = now + soon - shown.length;
  return (
    <li className="grid gap-2 px-3 py-2.5 [overflow-wrap:anywhere]">
      <div className="grid gap-0.5">
        <p className="font-medium text-ink text-sm">{creator.name}</p>
        <p className="text-ink-muted text-xs">{[...ends({ now, soon }), callsText(calls)].join(" · ")}</p>
      </div>
      <ul aria-label={`Keys of ${creator.name}`} className="grid gap-1">
        {shown.map((key) => (
          <LineOfKey key={key.id} {...key} />
        ))}
      </ul>
      {more > 0 && (
        <p className="text-ink-muted text-xs">
          and {more === 1 ? "1 less-used key" : `${grouped(more)} less-used keys`}
        </p>
      )}
    </li>
  );
}

function LineOfKey({ name, endsAt, calls }: EndingKey) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
      <span className="min-w-0 text-ink">{name}</span>
      <span className="text-ink-muted text-xs">
        {endsAt === null ? (
          <span className="text-danger-ink">Ends at once</span>
        ) : (
          <>
            Ends <RelativeTime moment={endsAt} />
          </>
        )}
        {` · ${callsText(calls)}`}
      </span>
    </li>
  );
}

function summary({ now, soon }: LifetimePreview): string {
  return `${ends({ now, soon }).join(", and ")}.`;
}

function ends({ now, soon }: Pick<LifetimePreview, "now" | "soon">): string[] {
  return [
    ...(now === 0 ? [] : [`${keys(now)} will expire at once`]),
    ...(soon === 0 ? [] : [`${keys(soon)} will expire within 7 days`]),
  ];
}

function keys(count: number): string {
  return count === 1 ? "1 key" : `${grouped(count)} keys`;
}

function callsMade(calls: number): string {
  const were = calls === 1 ? "1 call was made" : `${grouped(calls)} calls were made`;
  return `In the last 24 hours, ${were}`;
}

function callsText(calls: number): string {
  if (calls === 0) return "not used in 24 hours";
  return calls === 1 ? "1 call in 24 hours" : `${grouped(calls)} calls in 24 hours`;
}
