"use client";

import { useRouter } from "next/navigation";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";

type OwnKeysOrganizationProps = {
  /** The slug in the URL. */
  current: string;
  choices: readonly { readonly slug: string; readonly name: string }[];
};

/** Chooses an organization; rendered only if the person can create keys in several. */
export function OwnKeysOrganization({ current, choices }: OwnKeysOrganizationProps) {
  const router = useRouter();
  return (
    <Field label="Organization" className="mb-6 sm:w-64">
      <Select
        value={current}
        onValueChange={(slug) => router.push(`/account/api-keys/${slug}`)}
        options={choices.map(({ slug, name }) => ({ value: slug, label: name, text: name }))}
      />
    </Field>
  );
}
