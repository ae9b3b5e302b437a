"use client";

import { useSeen } from "@/components/forms/use-seen";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { type AccessLevel, isBelow, levelWord } from "@/lib/core/access/access-level";
import type { Result } from "@/lib/core/result";
import type { KeyPlanInput } from "@/lib/schemas/member";
import type { AccessImpact } from "@/lib/services/members/member-view";
import { AccessChangeDialog, useAccessChange } from "./access-change-dialog";
import { wordsOfDemotion } from "./key-plan-words";

type Asked = { userId: string; accessLevel: AccessLevel };
type Input = Asked & { keys: KeyPlanInput; seen: { accessLevel: AccessLevel } };

type ChangeLevelDialogProps<Where> = DialogProps & {
  /** The resource, as the actions take it; empty for the organization. */
  where: Where;
  person: {
    readonly id: string;
    readonly name: string;
    readonly level: AccessLevel;
    readonly isSelf: boolean;
  };
  level: AccessLevel;
  /** The resource's name; undefined if this is about the whole organization. */
  resource?: string;
  /** What the new level lets a person do. */
  reach: string;
  read: (organization: string, asked: Where & Asked & { page: number }) => Promise<Result<AccessImpact>>;
  change: (organization: string, input: Where & Input, requestId: string) => Promise<Result<unknown>>;
};

/** Explains what the new level means for the person and their keys, then changes it. */
export function ChangeLevelDialog<Where extends object>(props: ChangeLevelDialogProps<Where>) {
  const { where, person, level, resource, reach, read, change, ...dialog } = props;
  const asked = { ...where, userId: person.id, accessLevel: level };
  const [there, inIt, ofIt] =
    resource === undefined ? ["", "", ""] : [" there", ` in “${resource}”`, ` of “${resource}”`];
  const said = () => `${person.name} is ${levelWord(level)}${ofIt} now`;
  const state = useAccessChange({ read, asked, change, onClose: dialog.onClose, said, ends: false });
  const { seen } = useSeen({ accessLevel: person.level }, state.action.failed);
  const lower = isBelow(level, seen.accessLevel);
  return (
    <AccessChangeDialog
      {...dialog}
      state={state}
      title="Change access level"
      description={`${person.name}${inIt}, from ${levelWord(seen.accessLevel)} to ${levelWord(level)}`}
      verb="Change level"
      onSubmit={() => void state.action.run({ ...asked, keys: lower ? state.plan.input() : undefined, seen })}
      keys={lower ? wordsOfDemotion(person.isSelf ? "You" : person.name, there) : null}
    >
      <Alert tone={level === "OWNER" ? "notice" : "neutral"}>
        {reach}
        {person.isSelf &&
          ` You change your own ${resource === undefined ? "level" : "access"}: you may not be able to change it back.`}
      </Alert>
      {!lower && (
        <p className="text-ink-muted text-sm">
          Keys{there} that their lower level limited regain those permissions.
        </p>
      )}
    </AccessChangeDialog>
  );
}
