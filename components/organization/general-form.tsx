"use client";

import { use, useId } from "react";
import { CardForm } from "@/components/forms/action-form";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { updateOrganization } from "@/lib/actions/organization";
import { accessLevels } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import type { OrganizationSettings } from "@/lib/services/organizations/read-settings";
import { LeaksField } from "./leaks-field";
import { LifetimeFields } from "./lifetime-fields";
import { hasLifetimePreview, LifetimeReview } from "./lifetime-review";
import { savedText } from "./lifetime-words";
import { TokenPrefixField } from "./token-prefix-field";

type GeneralFormProps = {
  slug: string;
  name: string;
  keyCreators: KeyCreators;
  settings: OrganizationSettings;
  editable: boolean;
};

/** The organization's settings. Owners can change them; others can only read them. */
export function GeneralForm({ slug, name, keyCreators, settings, editable }: GeneralFormProps) {
  const { tokenPrefix, requireExpiry, maximumLifetimeDays, pauseLeakedKeys } = settings;
  return (
    <CardForm
      action={updateOrganization.bind(null, slug)}
      hidden={{
        seenName: name,
        seenKeyCreators: keyCreators,
        seenTokenPrefix: tokenPrefix ?? "",
        seenRequireExpiry: requireExpiry ? "on" : "",
        seenMaximumLifetimeDays: String(maximumLifetimeDays ?? ""),
        seenPauseLeakedKeys: pauseLeakedKeys ? "on" : "",
        // Filled when the review is confirmed, with what it showed.
        shown: "",
      }}
      review={(form) => <LifetimeReview {...form} />}
      isReviewed={hasLifetimePreview}
      submit="Save"
      saved={({ shortened = "0" }) => savedText(Number(shortened))}
      readOnly={
        !editable && (
          <>
            Only owners can change these settings. <OwnersToAsk />
          </>
        )
      }
      className="gap-5"
    >
      <Field label="Organization name" name="name">
        {/* The key makes the field show the new name after a save. */}
        <Input key={name} defaultValue={name} readOnly={!editable} />
      </Field>
      <Field label="Address" hint="It never changes, so links to it keep working.">
        <Input value={`/${slug}`} readOnly className="font-mono" />
      </Field>
      <KeyCreatorsField keyCreators={keyCreators} editable={editable} />
      <LifetimeFields
        requireExpiry={requireExpiry}
        maximumLifetimeDays={maximumLifetimeDays}
        editable={editable}
      />
      <LeaksField pauseLeakedKeys={pauseLeakedKeys} editable={editable} />
      <TokenPrefixField key={tokenPrefix} prefix={tokenPrefix ?? ""} editable={editable} />
    </CardForm>
  );
}

const whoMay = "Who may create API keys";
const choices: readonly { value: KeyCreators; label: string; description: string }[] = [
  { value: "OWNER", label: "Owners", description: "Admins see every key and revoke those below Owner." },
  {
    value: "ADMIN",
    label: "Owners and admins",
    description: "Admins create keys up to their own level, and manage those below it.",
  },
  {
    value: "MEMBER",
    label: "Everyone",
    description: "Members also create keys up to their own level, and manage only their own.",
  },
];

/** Who may create API keys. Submitted as `keyCreators` with the surrounding form. */
function KeyCreatorsField(props: { keyCreators: KeyCreators; editable: boolean }) {
  const label = useId();
  const { typed } = use(FormContext);
  // React resets a submitted form, so after a refusal restore the choice.
  const chosen = accessLevels.find((level) => level === typed?.keyCreators) ?? props.keyCreators;
  if (!props.editable) {
    const now = choices.find(({ value }) => value === chosen);
    return (
      <Field label={whoMay} hint={now?.description}>
        <Input value={now?.label} readOnly />
      </Field>
    );
  }
  return (
    <div className="grid gap-1.5">
      <span id={label} className="font-medium text-ink text-sm">
        {whoMay}
      </span>
      <RadioGroup
        key={chosen}
        name="keyCreators"
        aria-labelledby={label}
        options={choices}
        defaultValue={chosen}
      />
    </div>
  );
}
