import { PageHeading } from "@/components/shell/page-heading";

/** Says why there is no signed receipt of a revoked key. */
export function NoReceipt({ reason }: { reason: string }) {
  return (
    <div className="grid max-w-3xl gap-4">
      <PageHeading title="Revocation receipt">The key is revoked.</PageHeading>
      <p
        role="alert"
        className="rounded-lg border border-status-expiring-line bg-status-expiring-soft p-4 text-sm text-status-expiring-ink"
      >
        {reason}
      </p>
    </div>
  );
}
