import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import type { Failure } from "@/lib/core/result";

/** Why an action was refused. Invalid fields also show their own errors. */
export function FailureAlert({ failed }: { failed: Failure | null }) {
  if (failed === null) return null;
  return (
    <Alert role="alert" tone="danger">
      {failed.detail}{" "}
      {failed.code === "signed_out" && (
        <Link href="/sign-in" className="font-medium underline underline-offset-4">
          Sign in
        </Link>
      )}
    </Alert>
  );
}
