"use client";

import { CheckCheck } from "lucide-react";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/overlay/toast";
import { markNoticesRead } from "@/lib/actions/notices/notices";

const mark = (_: string, input: { readonly through: number }, requestId: string) =>
  markNoticesRead(input, requestId);

/** Marks the notices on the page as read; newer ones stay unread. */
export function MarkReadButton({ through }: { through: number }) {
  const { run, pending, failed } = useAction(mark, () => toast.success("Marked all as read"));
  return (
    <div className="grid gap-1">
      <Button onClick={() => run({ through })} pending={pending} className="max-md:tall:h-12">
        <CheckCheck aria-hidden />
        Mark all as read
      </Button>
      {failed !== null && (
        <p role="alert" className="text-danger-ink text-sm">
          {failed.detail}
        </p>
      )}
    </div>
  );
}
