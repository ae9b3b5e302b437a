import { Bell } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

const mostShown = 99;

/** The bell in the top bar: links to the notices and shows the number of unread ones. Rendered on the server. */
export function NoticeBell({ unread }: { unread: number }) {
  const count = unread > mostShown ? `${mostShown}+` : String(unread);
  return (
    <Button asChild variant="ghost" size="icon" className="relative">
      <Link
        href="/account/notices"
        prefetch={false}
        aria-label={unread === 0 ? "Notices" : `Notices, ${count} unread`}
      >
        <Bell aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[0.6875rem] text-accent-contrast leading-4 tabular-nums"
          >
            {count}
          </span>
        )}
      </Link>
    </Button>
  );
}
