"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import type { Membership } from "@/lib/services/users/list-memberships";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { OrganizationSwitcher } from "./organization-switcher";

type TopBarProps = {
  person: { readonly name: string; readonly email: string };
  memberships: readonly Membership[];
};

/** On every page of a signed-in person. On the account's pages, which belong to none, the first organization stands for all. */
export function TopBar({ person, memberships }: TopBarProps) {
  const { organization: slug } = useParams<{ organization?: string }>();
  const current = memberships.find((membership) => membership.slug === slug) ?? memberships[0];
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-4 md:px-6">
      <Link href="/" className="rounded-md">
        <Brand narrow />
      </Link>
      {current !== undefined && (
        <>
          <span aria-hidden className="text-line-strong">
            /
          </span>
          <OrganizationSwitcher current={current} memberships={memberships} />
        </>
      )}
      <div className="ml-auto">
        <AccountMenu person={person} organization={current} />
      </div>
    </header>
  );
}
