"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Failure } from "@/lib/core/result";

type KeyOptionsMissingProps = { failed: Failure | null; onRetry: () => void };

/** Takes the place of namespace, access level and roles while they load or if they fail to. */
export function KeyOptionsMissing({ failed, onRetry }: KeyOptionsMissingProps) {
  if (failed !== null) {
    return (
      <Alert role="alert" tone="danger">
        <span className="grid justify-items-start gap-2">
          {failed.detail}
          {failed.code !== "forbidden" && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )}
        </span>
      </Alert>
    );
  }
  return (
    <div role="status" aria-label="Loading the options" className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {["namespace", "level"].map((field) => (
          <div key={field} className="grid gap-2">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-10 rounded-md! sm:h-8" />
            <Skeleton className="h-3 w-40" />
          </div>
        ))}
      </div>
      <div className="grid gap-2">
        <Skeleton className="h-4 w-16" />
        <Skeleton className="h-48 rounded-md!" />
        <Skeleton className="h-3 w-64" />
      </div>
    </div>
  );
}
