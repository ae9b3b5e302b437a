"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Membership } from "@/lib/services/users/list-memberships";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { CommandBox } from "./jump/command-box";
import { OrganizationSwitcher } from "./organization-switcher";
import { useCurrentOrganization } from "./use-current-organization";

type TopBarProps = {
  person: { readonly name: string; readonly email: string };
  memberships: readonly Membership[];
  /** The notice bell, rendered on the server. */
  bell: ReactNode;
};

/** Shown on every signed-in page. */
export function TopBar({ person, memberships, bell }: TopBarProps) {
  const current = useCurrentOrganization(memberships);
  return (
    <header className="sticky print:hidden top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-4 md:px-6">
      <Link href={current === undefined ? "/" : `/${current.slug}`} className="rounded-md">
        <Brand narrow />
      </Link>
      <span aria-hidden className="text-line-strong">
        /
      </span>
      {current !== undefined ? (
        <OrganizationSwitcher current={current} memberships={memberships} />
      ) : (
        <Button asChild variant="ghost" className="sm:px-2">
          <Link href="/new">
            <Plus aria-hidden />
            New organization
          </Link>
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">
        <CommandBox />
        {bell}
        <AccountMenu person={person} organization={current} />
      </div>
    </header>
  );
}
