"use client";

import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";
import type { AccountMenuProps } from "./account-menu-items";

const Menu = lazyMenu(async () => (await import("./account-menu-items")).AccountMenuItems);

export function AccountMenu(props: AccountMenuProps) {
  const button = (
    <Button variant="ghost" size="icon" aria-label="Account menu" className="rounded-full!">
      <Avatar name={props.person.name} />
    </Button>
  );
  return <Menu button={button} {...props} />;
}
