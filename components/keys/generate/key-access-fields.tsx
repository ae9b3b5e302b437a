"use client";

import { fieldFault } from "@/components/forms/failure-alert";
import { Combobox } from "@/components/ui/choice/combobox";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Failure } from "@/lib/core/result";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { levelHints, namespaceGroupWords, namespaceWords } from "../key-words";
import { draftLevel, draftNamespace, type KeyDraft } from "./key-draft";
import { RolesField } from "./roles-field";

type KeyAccessFieldsProps = {
  options: KeyOptions;
  draft: KeyDraft;
  onChange: (over: Partial<KeyDraft>) => void;
  failed: Failure | null;
};

const highestFirst = [...accessLevels].reverse();

/** Namespace, access level and roles of the new key. Options that are unavailable say why. */
export function KeyAccessFields({ options, draft, onChange, failed }: KeyAccessFieldsProps) {
  const namespace = draftNamespace(draft, options);
  const level = draftLevel(draft, options);
  const open = draft.type === "public";
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label="Namespace"
          hint={namespace && `${namespaceWords[namespace.type]}. The key reaches only what is in it.`}
          error={fieldFault(failed, "namespace")}
        >
          <Combobox
            value={namespace?.id ?? draft.namespaceId}
            onValueChange={(namespaceId) => onChange({ namespaceId })}
            options={options.namespaces.map(({ id, name, type, level: own }) => ({
              value: id,
              text: name,
              secondary: `You are ${own}`,
              group: namespaceGroupWords[type],
            }))}
            placeholder="Choose a namespace"
            searchLabel="Search namespaces"
            more={notOffered(options)}
          />
        </Field>
        <Field
          label="Access level"
          hint={open ? "A public key is always MEMBER." : levelHints[level]}
          error={fieldFault(failed, "accessLevel")}
        >
          <Select
            value={level}
            onValueChange={(accessLevel) => onChange({ accessLevel })}
            disabled={open}
            options={highestFirst.map((each) => ({
              value: each,
              label: each,
              text: each,
              disabledBecause: namespace?.levels.includes(each)
                ? undefined
                : namespace === undefined
                  ? "Choose a namespace first"
                  : `You are ${namespace.level} in ${namespace.name}`,
            }))}
          />
        </Field>
      </div>
      <RolesField
        options={options}
        draft={draft}
        onChange={(roles) => onChange({ roles })}
        error={fieldFault(failed, "roles")}
      />
    </>
  );
}

function notOffered({ withoutAccess, managesGrants }: KeyOptions): string | undefined {
  if (withoutAccess === 0) return undefined;
  const what = withoutAccess === 1 ? "1 more is not offered" : `${withoutAccess} more are not offered`;
  return `${what}: you have no access there. ${managesGrants ? "Give yourself a grant first." : "Ask an owner."}`;
}
