import { PageHeading } from "@/components/shell/page-heading";
import { Card } from "@/components/ui/card";
import { requireContext } from "@/lib/auth/require-context";
import type { KeyCreators } from "@/lib/core/permission";

export const metadata = { title: "General" };

type GeneralPageProps = { params: Promise<{ organization: string }> };

const creators: Record<KeyCreators, string> = {
  OWNER: "Owners",
  ADMIN: "Owners and admins",
  MEMBER: "Everyone, up to their own access level",
};

export default async function GeneralPage({ params }: GeneralPageProps) {
  const { organization } = await requireContext((await params).organization);
  const facts = [
    { term: "Name", detail: organization.name },
    { term: "Address", detail: `/${organization.slug}`, mono: true },
    { term: "Who may create API keys", detail: creators[organization.keyCreators] },
  ];
  return (
    <div className="max-w-2xl">
      <PageHeading title="General">What this organization is and how it works.</PageHeading>
      <Card>
        <dl className="divide-y">
          {facts.map(({ term, detail, mono }) => (
            <div key={term} className="grid gap-1 px-5 py-4 sm:grid-cols-[14rem_1fr] sm:gap-4">
              <dt className="text-ink-muted">{term}</dt>
              <dd
                className={
                  mono ? "font-mono text-ink [overflow-wrap:anywhere]" : "text-ink [overflow-wrap:anywhere]"
                }
              >
                {detail}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
