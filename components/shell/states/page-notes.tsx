"use client";

import { Info, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { ownZone } from "@/components/ui/time/exact-time";
import { timeText } from "@/components/ui/time/zoned-text";
import { connection } from "./connection";

const atFirst = { lost: null, waits: false, late: false, answeredAt: 0, updated: false } as const;

/** Warns that the page may be outdated: no connection, a late response or an upgrade. Announced when it appears. */
export function PageNotes() {
  const router = useRouter();
  const { lost, waits, late, answeredAt, updated } = useSyncExternalStore(
    connection.subscribe,
    connection.read,
    () => atFirst,
  );
  // Retries what is waiting, often the page itself; otherwise reloads the page's data.
  const tryAgain = () => {
    if (!connection.retry()) router.refresh();
  };
  return (
    <div role="status" className="grid gap-2 pb-4 empty:hidden">
      {lost !== null && (
        <Note icon={<Info aria-hidden />} button="Try again" onClick={tryAgain}>
          {lost === "offline" ? "You are offline." : "Latchkey cannot be reached."} {fromWhen(answeredAt)}
          {waits && " What you asked for loads once the connection is back."}
        </Note>
      )}
      {lost === null && late && (
        <Note icon={<Info aria-hidden />} button="Try again" onClick={tryAgain}>
          Latchkey is taking long to answer. {fromWhen(answeredAt)}
        </Note>
      )}
      {updated && (
        <Note icon={<RefreshCw aria-hidden />} button="Reload" onClick={() => window.location.reload()}>
          Latchkey was updated.
        </Note>
      )}
    </div>
  );
}

type NoteProps = { icon: ReactNode; button: string; onClick: () => void; children: ReactNode };

function Note({ icon, button, onClick, children }: NoteProps) {
  return (
    <div className="flex items-center gap-2.5 rounded-md border bg-subtle px-3 py-2 text-sm [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-muted">
      {icon}
      <p className="min-w-0 flex-1">{children}</p>
      <Button variant="link" size="inline" onClick={onClick}>
        {button}
      </Button>
    </div>
  );
}

function fromWhen(answeredAt: number): string {
  if (answeredAt === 0) return "";
  const what = document.querySelector("main table") === null ? "page" : "list";
  return `The ${what} is from ${timeText(new Date(answeredAt), ownZone())}.`;
}
