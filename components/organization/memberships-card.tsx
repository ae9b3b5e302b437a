import Link from "next/link";
import { organizationHome } from "@/components/shell/navigation/organization-pages";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { levelWord } from "@/lib/core/access/access-level";
import type { Membership } from "@/lib/services/users/list-memberships";

/** The person's organizations, with their level in each. */
export function MembershipsCard({ memberships }: { memberships: readonly Membership[] }) {
  return (
    <Card>
      <CardHeader
        title="Organizations"
        description={
          memberships.length === 0
            ? "You are not a member of any organization. An owner or an admin can invite you."
            : "An owner of each organization sets your access level."
        }
      />
      <CardBody>
        <ul className="grid grid-cols-1 divide-y">
          {memberships.map((membership) => (
            <li key={membership.slug} className="flex items-center justify-between gap-4 py-2 text-sm">
              <Link
                href={organizationHome(membership)}
                dir="auto"
                className="min-w-0 truncate rounded font-medium text-ink underline-offset-4 hover:underline"
              >
                {membership.name}
              </Link>
              <span className="shrink-0 text-ink-muted">{levelWord(membership.level)}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
