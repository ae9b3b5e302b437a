import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Keys } from "./keyboard/keys";

/** The same text for pages that do not exist and pages this person may not see. */
export function NotFoundText() {
  return (
    <div className="grid gap-4 text-sm">
      {/* Overrides the page's own title, which would name the missing thing. */}
      <title>Not found · Latchkey</title>
      <h1 className="font-semibold text-ink text-xl tracking-tight">Not found</h1>
      <p className="text-ink-muted">
        This page does not exist, or you do not have access to it. Check the address
        <span className="max-sm:hidden">
          , or look for it with <Keys spoken>Ctrl K</Keys>
        </span>
        .
      </p>
      <p>
        <Button asChild>
          <Link href="/">Go to the home page</Link>
        </Button>
      </p>
    </div>
  );
}
