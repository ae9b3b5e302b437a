"use client";

import { FormSection } from "@/components/forms/form-section";
import { Combobox } from "@/components/ui/choice/combobox";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { accessLevels, levelWord } from "@/lib/core/access/access-level";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { RolesField } from "../attributes/roles-field";
import { namespaceWords } from "../key-words";
import { NamespaceIcon } from "../list/key-namespace";
import { levelHints, namespaceGroupWords } from "./access-words";
import { draftLevel, draftNamespace, draftPermissions, type KeyDraft } from "./key-draft";

type KeyAccessFieldsProps = {
  options: KeyOptions;
  draft: KeyDraft;
  onChange: (over: Partial<KeyDraft>) => void;
};

const highestFirst = [...accessLevels].reverse();

/** Namespace, access level and roles of the new key. Options that are unavailable say why. */
export function KeyAccessFields({ options, draft, onChange }: KeyAccessFieldsProps) {
  const namespace = draftNamespace(draft, options);
  const level = draftLevel(draft, options);
  const open = draft.type === "public";
  return (
    <FormSection label="Access">
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
        <Field label="Access level" about={open ? undefined : levelHints[level]} name="accessLevel">
          <Select
            value={level}
            onValueChange={(accessLevel) => onChange({ accessLevel })}
            disabledBecause={open ? "A public key is always Member." : undefined}
            options={highestFirst.map((each) => ({
              value: each,
              label: levelWord(each),
              text: levelWord(each),
              secondary: levelHints[each],
              disabledBecause: namespace?.levels.includes(each)
                ? undefined
                : namespace === undefined
                  ? "Choose a namespace first"
                  : `You are ${levelWord(namespace.level)} in ${namespace.name}`,
            }))}
          />
        </Field>
        <Field
          label="Namespace"
          about={namespace && `${namespaceWords[namespace.type]}. The key reaches only what is in it.`}
          name="namespace"
        >
          <Combobox
            value={namespace?.id ?? draft.namespaceId}
            onValueChange={(namespaceId) => onChange({ namespaceId })}
            options={options.namespaces.map(({ id, name, type, level: own }) => ({
              value: id,
              text: name,
              secondary: `You are ${levelWord(own)}`,
              group: namespaceGroupWords[type],
            }))}
            icon={namespace && <NamespaceIcon type={namespace.type} />}
            placeholder="Choose a namespace"
            searchLabel="Search namespaces"
            more={notOffered(options)}
          />
        </Field>
      </div>
      <RolesField
        roles={options.roles}
        selected={draft.roles}
        onChange={(roles) => onChange({ roles })}
        isPublic={open}
        level={level}
        permissionsOf={(roles) => draftPermissions(draft, options, roles)}
      />
    </FormSection>
  );
}

function notOffered({ withoutAccess, managesGrants }: KeyOptions): string | undefined {
  if (withoutAccess === 0) return undefined;
  const what = withoutAccess === 1 ? "1 more is not offered" : `${withoutAccess} more are not offered`;
  return `${what}: you have no access there. ${managesGrants ? "Give yourself a grant first." : "Ask an owner."}`;
}
