import { Bell } from "lucide-react";
import Link from "next/link";
import { Empty } from "@/components/data-table/empty";
import { Button } from "@/components/ui/button";

/** The empty state of the list. `isFirstPage` means that there are no notices at all. */
export function NoNotices({ isFirstPage }: { isFirstPage: boolean }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Empty
        icon={Bell}
        heading={isFirstPage ? "No notices yet" : "No older notices"}
        text="Keys that expire or are revoked automatically, leaks, new owners and sign-ins from new browsers appear here."
      >
        {!isFirstPage && (
          <Button asChild>
            <Link href="/account/notices">Show the newest</Link>
          </Button>
        )}
      </Empty>
    </div>
  );
}
