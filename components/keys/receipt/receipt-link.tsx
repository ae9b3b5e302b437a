"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { receiptAddress } from "./receipt-words";

/** A link to the receipt of a revoked key. */
export function ReceiptLink({ keyId }: { keyId: string }) {
  const { organization } = useParams<{ organization: string }>();
  return (
    <Link
      className="rounded text-accent-ink underline underline-offset-2"
      href={receiptAddress(organization, keyId)}
    >
      Revocation receipt
    </Link>
  );
}
