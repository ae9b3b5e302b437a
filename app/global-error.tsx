"use client";

import { NoticePage } from "@/components/shell/notice-page";
import "./globals.css";

/** When the layout itself failed. It stands alone: nothing of the page around it is there. */
export default function GlobalError() {
  return (
    <html lang="en" translate="no">
      <body>
        <title>Something went wrong · Latchkey</title>
        <NoticePage title="Something went wrong">
          <p>
            The page could not be shown. What you did last may have been done: check before you repeat it.
          </p>
          <p>
            {/* A link of the router needs the router, which may be what failed. */}
            <a href="/" className="text-accent-ink underline underline-offset-4">
              Open Latchkey again
            </a>
          </p>
        </NoticePage>
      </body>
    </html>
  );
}
