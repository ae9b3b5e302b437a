"use client";

import { NoticePage } from "@/components/shell/notice-page";
import { Button } from "@/components/ui/button";
import { readDoorRefusal } from "@/lib/core/door-refusal";

/** Shows only the digest, by which the details can be found in the server's log. */
export default function ErrorPage({ error, retry }: { error: { digest?: string }; retry: () => void }) {
  const refusal = readDoorRefusal(error);
  if (refusal !== null) {
    return (
      <NoticePage title="The request was refused">
        <p role="alert">{refusal.detail}</p>
        <p>
          <Button onClick={() => retry()}>Go back</Button>
        </p>
      </NoticePage>
    );
  }
  return (
    <NoticePage title="Something went wrong">
      <p>The page could not be shown. Your last action may have gone through: check before you repeat it.</p>
      {error.digest !== undefined && (
        <p>
          The server's log has the details under <code className="font-mono text-ink">{error.digest}</code>.
        </p>
      )}
      <p>
        <Button onClick={() => retry()}>Try again</Button>
      </p>
    </NoticePage>
  );
}
