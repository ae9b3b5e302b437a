import { AuthCard } from "@/components/auth/auth-card";
import { ReportLeakForm } from "@/components/auth/report-leak-form";

export const metadata = { title: "Report a leaked key" };

export default function ReportLeakPage() {
  return (
    <AuthCard
      title="Report a leaked key"
      intro="A key that works is revoked at once, and its owners are told. You need no account."
    >
      <ReportLeakForm />
    </AuthCard>
  );
}
