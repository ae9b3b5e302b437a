"use client";

import { RotateCw } from "lucide-react";
import { useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

type RolesErrorProps = { error: Error & { digest?: string }; retry: () => void };

export default function RolesError({ error, retry }: RolesErrorProps) {
  const [pending, start] = useTransition();
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1 className="font-semibold text-ink text-xl tracking-tight">Roles</h1>
      <Alert role="alert" tone="danger" heading="The roles cannot be shown now">
        Nothing about them has changed, and keys may do what they could. Try again in a moment
        {error.digest === undefined ? "." : `, or tell your administrator the code ${error.digest}.`}
      </Alert>
      <Button pending={pending} onClick={() => start(retry)}>
        <RotateCw aria-hidden />
        Try again
      </Button>
    </div>
  );
}
