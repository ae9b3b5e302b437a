"use client";

import type { DialogProps } from "@/components/list/dialog-host";
import { AccessChangeDialog, useAccessChange } from "@/components/members/access-change-dialog";
import { ChangeLevelDialog } from "@/components/members/change-level-dialog";
import { wordsOfEnd } from "@/components/members/key-plan-words";
import { changeGrant, readGrantConsequences, takeGrant } from "@/lib/actions/grants";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import type { GrantRow } from "@/lib/services/grants/grant-view";
import type { KeysAfter } from "@/lib/services/members/member-view";
import { levelReach, type NamedResource, resourceWords } from "../resource-words";

type GrantDialogProps = DialogProps & { resource: NamedResource; person: GrantRow };

export function GrantLevelDialog(props: GrantDialogProps & { level: AccessLevel }) {
  const { resource, level, ...rest } = props;
  const { type, id, name } = resource;
  return (
    <ChangeLevelDialog
      {...rest}
      level={level}
      where={{ resource: { type, id } }}
      resource={name}
      reach={levelReach(type)[level]}
      read={readGrantConsequences}
      change={changeGrant}
    />
  );
}

/** Lists the keys that would end with the access, offers to transfer them, then removes it. */
export function TakeGrantDialog(props: GrantDialogProps & { onTaken: () => void }) {
  const { resource, person, onTaken, opener, onClose } = props;
  const { type, id } = resource;
  const input = { resource: { type, id }, userId: person.id };
  const state = useAccessChange({
    read: readGrantConsequences,
    asked: { ...input, accessLevel: null },
    change: takeGrant,
    onClose: () => {
      onClose();
      onTaken();
    },
    said: () => `${person.name} no longer has access to “${resource.name}”`,
    ends: true,
    ...(!person.isSelf && { after: (keys: KeysAfter) => keys, person }),
  });
  const [they, have] = person.isSelf ? ["You", "you have"] : [person.name, "they have"];
  return (
    <AccessChangeDialog
      opener={opener}
      onClose={onClose}
      state={state}
      title="Remove access"
      description={`${person.name} · ${person.email}, ${levelWord(person.level)} of “${resource.name}”`}
      verb="Remove access"
      onSubmit={() => void state.action.run({ ...input, keys: state.plan.input() })}
      keys={wordsOfEnd(they)}
    >
      <p className="text-ink text-sm">
        {they} {person.isSelf ? "lose" : "loses"} access to this {resourceWords[type].one} at once. What{" "}
        {have} elsewhere stays.
      </p>
    </AccessChangeDialog>
  );
}
