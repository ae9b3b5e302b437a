import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoReceipt } from "@/components/keys/receipt/no-receipt";
import { RevocationReceiptView } from "@/components/keys/receipt/revocation-receipt-view";
import { requireContext } from "@/lib/auth/require-context";
import { keyIdInput } from "@/lib/schemas/key";
import { readRevocationReceipt } from "@/lib/services/receipts/read-revocation-receipt";

export const metadata: Metadata = { title: "Revocation receipt" };

type ReceiptPageProps = { params: Promise<{ organization: string; key: string }> };

export default async function ReceiptPage({ params }: ReceiptPageProps) {
  const { organization, key } = await params;
  const context = await requireContext(organization);
  const input = keyIdInput.safeParse({ keyId: key });
  if (!input.success) notFound();
  const read = await readRevocationReceipt(context, input.data);
  if (!read.ok && read.code === "not_found") notFound();
  if (!read.ok) return <NoReceipt reason={read.detail} />;
  const { facts, receipt } = read.value;
  return (
    <RevocationReceiptView facts={facts} receipt={receipt} organizationName={context.organization.name} />
  );
}
