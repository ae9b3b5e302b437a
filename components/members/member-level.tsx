"use client";

import type { MemberRow } from "@/lib/services/members/member-view";
import { LevelSelect } from "./level-select";
import { useMembers } from "./members-context";

/** Owners can change it; others can only read it. See change-level-dialog. */
export function MemberLevel({ member }: { member: MemberRow }) {
  const members = useMembers();
  if (members === null) return <span className="text-[0.8125rem]">{member.level}</span>;
  return (
    <LevelSelect
      name={member.name}
      level={member.level}
      fixedBecause={member.isLastOwner ? "The last owner can neither leave nor be demoted" : undefined}
      onChoose={(level, opener) => members.changeLevel(member, level, opener)}
    />
  );
}
