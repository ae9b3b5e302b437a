"use client";

import { ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Popover } from "radix-ui";
import type { ComponentProps, ReactElement } from "react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ComboboxList } from "@/components/ui/choice/combobox-list";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import type { Membership } from "@/lib/services/users/list-memberships";
import { organizationHome } from "./settings-pages";

/** More than this are hard to scan. */
const menuMaximum = 10;

/** A menu for a few organizations; a search for many. */
export function OrganizationSwitcher(props: Omit<OrganizationChoice, "button">) {
  const button = <CurrentOrganization name={props.current.name} />;
  return props.memberships.length > menuMaximum ? (
    <OrganizationSearch {...props} button={button} />
  ) : (
    <OrganizationMenu {...props} button={button} />
  );
}

function CurrentOrganization({ name, ...rest }: ComponentProps<"button"> & { name: string }) {
  return (
    <Button variant="ghost" className="min-w-0 shrink! text-ink! sm:px-2" title={name} {...rest}>
      <span className="sr-only">Organization: </span>
      <span className="truncate">{name}</span>
      <ChevronsUpDown aria-hidden className="text-ink-faint" />
    </Button>
  );
}

function OrganizationMenu({ current, memberships, button }: OrganizationChoice) {
  const router = useRouter();
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" sideOffset={8} className="w-72">
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        <DropdownMenuRadioGroup aria-label="Organizations" value={current.slug}>
          {memberships.map((membership) => (
            <DropdownMenuRadioItem
              key={membership.slug}
              value={membership.slug}
              textValue={membership.name}
              onSelect={() => router.push(organizationHome(membership))}
            >
              <span className="min-w-0 flex-1 truncate" title={membership.name}>
                {membership.name}
              </span>
              <span className="max-w-1/2 shrink-0 truncate font-mono text-ink-muted text-xs empty:hidden">
                {namesakeAddress(membership, memberships)}
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/new">
            <Plus aria-hidden />
            New organization
          </Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function OrganizationSearch({ current, memberships, button }: OrganizationChoice) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const choose = (slug: string) => {
    setOpen(false);
    const chosen = memberships.find((membership) => membership.slug === slug);
    if (chosen !== undefined) router.push(organizationHome(chosen));
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

/** The organizations to choose from, and the button that opens the switcher. */
type OrganizationChoice = {
  readonly current: Membership;
  readonly memberships: readonly Membership[];
  readonly button: ReactElement;
};

type Named = { readonly name: string; readonly slug: string };

/** Distinguishes organizations with the same name; undefined if the name is unique. */
function namesakeAddress(one: Named, all: readonly Named[]): string | undefined {
  const hasNamesake = all.some(({ name, slug }) => name === one.name && slug !== one.slug);
  return hasNamesake ? `/${one.slug}` : undefined;
}
