"use client";

import { RotateCw } from "lucide-react";
import { useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { PageHeading } from "./page-heading";

/** The props Next passes to error.tsx. */
export type ErrorProps = { error: Error & { digest?: string }; retry: () => void };

export type PageFailure = {
  /** The page's own heading. */
  readonly title: string;
  /** The heading of the error: what could not be shown. */
  readonly heading: string;
  /** A sentence that says what still works. */
  readonly works: string;
};

/** Replaces a page whose data could not be read, or that failed to render after an action. */
export function PageError({ title, heading, works, error, retry }: PageFailure & ErrorProps) {
  const [pending, start] = useTransition();
  const refusal = readDoorRefusal(error);
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <PageHeading title={title} />
      {refusal !== null ? (
        <Alert role="alert" tone="danger">
          {refusal.detail}
        </Alert>
      ) : (
        <Alert role="alert" tone="danger" heading={heading}>
          {works} Your last action may have gone through: check before you repeat it. Try again in a moment
          {error.digest === undefined ? "." : `, or tell your administrator the code ${error.digest}.`}
        </Alert>
      )}
      <Button pending={pending} onClick={() => start(retry)}>
        <RotateCw aria-hidden />
        Try again
      </Button>
    </div>
  );
}
