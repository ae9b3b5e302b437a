"use client";

import { CircleMinus, CirclePlus, Play } from "lucide-react";
import type { MenuTrigger } from "@/components/list/row-menu";
import { MenuContent, MenuItem } from "@/components/ui/overlay/menu";
import type { BulkVerb } from "@/lib/core/keys/bulk/bulk-change";

const moreVerbs = [
  { verb: "resume", name: "Resume", icon: Play },
  { verb: "addRole", name: "Add a role", icon: CirclePlus },
  { verb: "removeRole", name: "Remove a role", icon: CircleMinus },
] as const;

type MoreVerbsProps = {
  onChoose: (verb: BulkVerb, opener: HTMLElement | null) => void;
  trigger: MenuTrigger;
};

export function MoreVerbs({ onChoose, trigger }: MoreVerbsProps) {
  return (
    <MenuContent side="top">
      {moreVerbs.map(({ verb, name, icon: Icon }) => (
        <MenuItem key={verb} onSelect={() => onChoose(verb, trigger.current)}>
          <Icon aria-hidden />
          {name}
        </MenuItem>
      ))}
    </MenuContent>
  );
}
