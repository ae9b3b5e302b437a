"use client";

import { useRef } from "react";
import { Select } from "@/components/ui/select";
import { accessLevels } from "@/lib/core/access-level";
import type { MemberRow } from "@/lib/services/members/member-view";
import { useMembers } from "./members-context";

export const levelOptions = [...accessLevels].reverse().map((level) => ({
  value: level,
  label: level,
  text: level,
}));

/** To choose for owners, to read for the others. A choice asks first: see change-level-dialog. [B1] */
export function MemberLevel({ member }: { member: MemberRow }) {
  const members = useMembers();
  const cell = useRef<HTMLSpanElement>(null);
  if (members === null) return <span className="text-[0.8125rem]">{member.level}</span>;
  return (
    <span
      ref={cell}
      className="block"
      title={member.isLastOwner ? "The last owner can neither leave nor be demoted" : undefined}
    >
      <Select
        aria-label={`Access level of ${member.name}`}
        value={member.level}
        options={levelOptions}
        disabled={member.isLastOwner}
        onValueChange={(level) =>
          members.changeLevel(member, level, cell.current?.querySelector("button") ?? null)
        }
        className="w-35 sm:w-28"
      />
    </span>
  );
}
