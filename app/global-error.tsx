"use client";

import { NoticePage } from "@/components/shell/notice-page";
import "./globals.css";

/** Shown when the root layout itself fails, so it renders without any of it. */
export default function GlobalError() {
  return (
    <html lang="en" translate="no">
      <body>
        <title>Something went wrong · Latchkey</title>
        <NoticePage title="Something went wrong">
          <p>
            The page could not be shown. Your last action may have gone through: check before you repeat it.
          </p>
          <p>
            {/* A plain link: a router link needs the router, which may be what failed. */}
            <a href="/" className="text-accent-ink underline underline-offset-4">
              Open Latchkey again
            </a>
          </p>
        </NoticePage>
      </body>
    </html>
  );
}
