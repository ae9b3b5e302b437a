"use client";

import { NoticePage } from "@/components/shell/notice-page";
import { Button } from "@/components/ui/button";

/** What failed stands in the server's log; the digest finds it there. */
export default function ErrorPage({ error, retry }: { error: { digest?: string }; retry: () => void }) {
  return (
    <NoticePage title="Something went wrong">
      <p>The page could not be shown. Nothing was changed.</p>
      {error.digest !== undefined && (
        <p>
          In the server's log this is <code className="font-mono text-ink">{error.digest}</code>.
        </p>
      )}
      <p>
        <Button onClick={() => retry()}>Try again</Button>
      </p>
    </NoticePage>
  );
}
