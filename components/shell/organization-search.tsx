"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Popover } from "radix-ui";
import { useState } from "react";
import { mayLeave } from "@/components/forms/leaving/may-leave";
import { ComboboxList } from "@/components/ui/choice/combobox-list";
import { organizationHome } from "./navigation/organization-pages";
import { namesakeAddress, type OrganizationChoice } from "./organization-choice";

/** Finds one of many organizations by typing. Starts open, because its code is loaded when the button is pressed. */
export function OrganizationSearch({ current, memberships, button }: OrganizationChoice) {
  const router = useRouter();
  const [open, setOpen] = useState(true);
  const choose = (slug: string) => {
    setOpen(false);
    const chosen = memberships.find((membership) => membership.slug === slug);
    if (chosen !== undefined && mayLeave()) router.push(organizationHome(chosen));
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{button}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Organizations"
          className="z-50 flex max-h-[min(26rem,75dvh)] w-72 animate-fade-in flex-col overflow-hidden rounded-lg bg-surface shadow-popover outline-none"
        >
          <ComboboxList
            searchLabel="Find an organization"
            value={current.slug}
            options={memberships.map((membership) => ({
              value: membership.slug,
              text: membership.name,
              secondary: namesakeAddress(membership, memberships),
            }))}
            onChoose={({ value }) => choose(value)}
          />
          <div className="border-t p-1">
            <Link
              href="/new"
              onClick={() => setOpen(false)}
              className="flex items-center gap-2 rounded px-2 py-1.5 text-ink text-sm hover:bg-subtle-strong max-sm:py-2.5"
            >
              <Plus aria-hidden className="size-4 text-ink-faint" />
              New organization
            </Link>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
