"use client";

import { useState } from "react";
import { FailureAlert } from "@/components/forms/failure-alert";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { PermissionBadges } from "@/components/roles/permission-badges";
import { CreateRoleDialog } from "@/components/roles/role-dialogs";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { Skeleton } from "@/components/ui/skeleton";
import { updateKey } from "@/lib/actions/keys";
import { narrowRoles } from "@/lib/core/keys/narrow-roles";
import { demandDays } from "@/lib/core/keys/over-privileged";
import type { KeyDetails, KeyOptions } from "@/lib/services/keys/read/key-view";
import { RolesField } from "../attributes/roles-field";
import { useKeyOptions } from "../attributes/use-key-options";
import { KeyImpactCard } from "../impact/key-impact-card";
import { KeyNameAndId } from "./key-name-and-id";
import { permissionsWith, roleFor, sameRoles, usedPermissions } from "./roles-of-key";
import { useWordsFor } from "./use-words-for";

/**
 * Replaces the roles of an over-privileged key. Suggests the narrowest roles that keep the permissions it used, and
 * shows what it loses.
 */
export function NarrowKeyDialog({ apiKey, ...dialog }: DialogProps & { apiKey: KeyDetails }) {
  const action = useClosingAction(updateKey, dialog.onClose, () => `“${apiKey.name}” was narrowed`);
  const told = useWordsFor(action, {
    changed: "This key was changed while this dialog was open. Look at its roles, then narrow it again.",
  });
  const [initial] = useState(() => ({
    version: apiKey.version,
    roles: apiKey.roles.map(({ id }) => id) as readonly string[],
  }));
  const { seen } = useSeen(initial, action.failed);
  const { options, failed: optionsFailed } = useKeyOptions();
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const suggested = options && suggestionFor(apiKey, seen.roles, options);
  const chosen = typed ?? suggested ?? seen.roles;
  return (
    <FormDialog
      {...dialog}
      width={560}
      title="Narrow key"
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void action.run({ keyId: apiKey.id, version: seen.version, roles: [...chosen] })}
      action={told}
      submit={{
        name: "Save",
        variant: "primary",
        disabledBecause: sameRoles(chosen, seen.roles) ? "The roles have not changed." : undefined,
      }}
    >
      <UsedPermissions apiKey={apiKey} />
      {options === null ? (
        optionsFailed === null ? (
          <Skeleton className="h-16 rounded-md!" />
        ) : (
          <FailureAlert failed={optionsFailed} />
        )
      ) : (
        <>
          <RolesField
            focused
            roles={options.roles}
            selected={chosen}
            onChange={setTyped}
            isPublic={apiKey.type === "public"}
            level={apiKey.accessLevel}
            permissionsOf={(roles) => permissionsWith(roles, apiKey, options)}
            note={typed === null && noteOn(apiKey, suggested)}
          />
          <ExactRole
            apiKey={apiKey}
            options={options}
            suggested={suggested ?? seen.roles}
            opener={dialog.opener}
          />
          <Losses apiKey={apiKey} options={options} before={seen.roles} after={chosen} />
        </>
      )}
      <KeyImpactCard
        impact={apiKey.impact}
        apiKey={apiKey}
        effect="Calls that need a permission the key loses would be refused."
      />
    </FormDialog>
  );
}

/** The suggested roles; null if some calls did not state their permissions, or if no roles give less. */
function suggestionFor(apiKey: KeyDetails, selected: readonly string[], options: KeyOptions) {
  if (apiKey.permissionUse.isPartial) return null;
  return narrowRoles({
    roles: options.roles,
    selected,
    demanded: apiKey.permissionUse.calls.map(({ permission }) => permission),
    permissionsOf: (roles) => permissionsWith(roles, apiKey, options),
  });
}

type ExactRoleProps = {
  apiKey: KeyDetails;
  options: KeyOptions;
  /** The narrowest existing roles that keep what it used, or else its current roles. */
  suggested: readonly string[];
  opener: HTMLElement | null;
};

/** Shown if even the narrowest roles give more than the key used. Offers to create an exact role, or names who can. */
function ExactRole({ apiKey, options, suggested, opener }: ExactRoleProps) {
  const { openDialog } = useDialogHost();
  const used = usedPermissions(apiKey);
  const narrowest = options.roles.filter(({ id }) => suggested.includes(id));
  const excess = permissionsWith(narrowest, apiKey, options).length - used.length;
  if (apiKey.permissionUse.isPartial || used.length === 0 || excess <= 0) return null;
  const create = () =>
    openDialog(
      (props) => (
        <CreateRoleDialog
          {...props}
          like={roleFor(apiKey, used)}
          // Reopen this dialog, which now suggests the new role.
          onClose={() => openDialog((again) => <NarrowKeyDialog apiKey={apiKey} {...again} />, opener)}
        />
      ),
      opener,
    );
  return (
    <Alert heading={`The narrowest roles still give ${countOf(excess, "permission")} that it did not use`}>
      {options.managesRoles ? (
        <Button variant="link" size="inline" onClick={create}>
          Create a role with just what it used
        </Button>
      ) : (
        <>
          Only an owner can create a role with just what it used.{" "}
          <OwnersToAsk subject={`A narrower role for the API key ${apiKey.name} (key_${apiKey.id})`} />
        </>
      )}
    </Alert>
  );
}

function noteOn({ permissionUse: { calls, isPartial } }: KeyDetails, suggested: readonly string[] | null) {
  if (suggested !== null) return "Suggested: the narrowest roles that keep all of them.";
  if (calls.length > 0 || isPartial) return false;
  return "None of its calls said what it needs, so nothing is suggested. Choose the roles it should keep.";
}

function UsedPermissions({ apiKey }: { apiKey: KeyDetails }) {
  const { permissions, permissionUse } = apiKey;
  const used = usedPermissions(apiKey);
  const unclear = "Some of its calls did not say what they needed, so it may use others too.";
  return (
    <div className="grid grid-cols-1 gap-1.5 text-sm">
      <p className="text-ink">
        It holds {countOf(permissions.length, "permission")} and used{" "}
        {used.length === 0 ? "none" : grouped(used.length)} in {demandDays} days
        {used.length === 0 ? "." : ":"}
      </p>
      {used.length > 0 && <PermissionBadges label="Used permissions" permissions={used} />}
      {permissionUse.isPartial && <p className="text-ink-muted text-xs">{unclear}</p>}
    </div>
  );
}

type LossesProps = {
  apiKey: KeyDetails;
  options: KeyOptions;
  before: readonly string[];
  after: readonly string[];
};

/** What the key loses, and whether any of it was used. */
function Losses({ apiKey, options, before, after }: LossesProps) {
  const of = (ids: readonly string[]) =>
    permissionsWith(
      options.roles.filter(({ id }) => ids.includes(id)),
      apiKey,
      options,
    );
  const left = of(after);
  const lost = of(before).filter((permission) => !left.includes(permission));
  if (after.length === 0) {
    return (
      <Alert tone="warning" role="status" heading="Without a role the key can do nothing">
        Every call that asks for a permission is refused. To stop the key for a while, pause it instead.
      </Alert>
    );
  }
  if (lost.length === 0) return <p className="text-ink-muted text-sm">It loses nothing with these roles.</p>;
  const { calls, isPartial } = apiKey.permissionUse;
  const missed = calls.filter(({ permission }) => lost.includes(permission));
  const refused = missed.reduce((sum, use) => sum + use.calls, 0);
  return (
    <>
      <details className="rounded-md border text-sm">
        <summary className="chevron-summary cursor-pointer px-3 py-2 text-ink">
          It loses {countOf(lost.length, "permission")} and keeps {grouped(left.length)}
        </summary>
        <div className="px-3 pb-3">
          <PermissionBadges label="Lost permissions" permissions={lost} struck />
        </div>
      </details>
      {missed.length > 0 ? (
        <Alert
          tone="warning"
          role="status"
          heading={`${countOf(refused, "call")} in ${demandDays} days needed these`}
        >
          {missed.map(({ permission }) => permission).join(", ")}: calls like these would be refused.
        </Alert>
      ) : (
        !isPartial && (
          <p className="text-ink-muted text-sm">
            No call of the last {demandDays} days needed what it loses.
          </p>
        )
      )}
    </>
  );
}
