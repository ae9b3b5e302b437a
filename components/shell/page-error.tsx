"use client";

import { RotateCw } from "lucide-react";
import { type ReactNode, useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { PageHeading } from "./page-heading";

/** What Next gives an error.tsx. */
export type ErrorProps = { error: Error & { digest?: string }; retry: () => void };

type PageErrorProps = ErrorProps & {
  /** The page's own heading. */
  title: string;
  /** What cannot be shown. */
  heading: string;
  /** A sentence that says what goes on all the same. */
  children: ReactNode;
};

/** Stands in the place of a page that could not be read, or drawn after something was done on it. */
export function PageError({ title, heading, error, retry, children }: PageErrorProps) {
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
          {children} What you did last may have been done: check before you repeat it. Try again in a moment
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
