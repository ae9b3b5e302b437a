"use client";

import { ChevronDown } from "lucide-react";
import { TextToConfirm } from "@/components/forms/text-to-confirm";
import { KeysLoading } from "@/components/keys/impact/keys-loading";
import { MostUsedKeys } from "@/components/keys/impact/most-used-keys";
import { UseOfKeysFacts } from "@/components/keys/impact/use-of-keys";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/choice/combobox";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { grouped } from "@/components/ui/grouped";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";
import { MenuContent, MenuRadioGroup, MenuRadioItem } from "@/components/ui/overlay/menu";
import { levelWord } from "@/lib/core/access/access-level";
import { type KeyPlanWords, ruleChoice, stoppedText } from "./key-plan-words";
import type { PlannedKey, useKeyPlan } from "./use-key-plan";

type KeyPlanFieldsProps = {
  plan: ReturnType<typeof useKeyPlan>;
  words: KeyPlanWords;
};

/** The fields of a key plan: how the keys are used, one rule for all, exceptions, and the typed confirmation. */
export function KeyPlanFields({ plan, words }: KeyPlanFieldsProps) {
  const { answer, known, moved } = plan;
  const { asks, ...confirmation } = plan.confirmation;
  if (known === null) return answer === "loading" ? <KeysLoading /> : null;
  const stopped = stoppedText(words, known);
  if (known.total === 0)
    return <p className="text-ink-muted text-sm">{[words.none, stopped].join(" ").trim()}</p>;
  return (
    <>
      <UseOfKeysFacts impact={known} />
      <RuleField plan={plan} words={words} />
      <MostUsedKeys
        pages={plan.pages}
        total={known.total}
        rows={plan.rows}
        choice={(key) => <KeyChoice apiKey={key} plan={plan} words={words} />}
        {...(words.showsLoss && { more: (key: PlannedKey) => <LostPermissions apiKey={key} /> })}
      />
      {stopped !== "" && <p className="text-ink-muted text-sm">{stopped}</p>}
      {moved > 0 && (
        <Alert
          tone="warning"
          heading={`${words.person} may still know the ${moved === 1 ? "secret of the key that moves" : `secrets of the ${grouped(moved)} that move`}.`}
        >
          Roll {moved === 1 ? "it" : "them"} afterwards, the most used first.
        </Alert>
      )}
      {asks && <TextToConfirm {...confirmation} />}
    </>
  );
}

function RuleField({ plan, words }: KeyPlanFieldsProps) {
  const { known, rule, offered, receiver } = plan;
  if (known === null) return null;
  if (receiver === undefined) {
    return <p className="text-ink-muted text-sm">{words.noReceiver}</p>;
  }
  return (
    <div className="grid gap-2">
      <RadioGroup
        aria-label="What becomes of the keys"
        options={offered.map((each) => ruleChoice(each, { impact: known, receiver, words }))}
        value={rule}
        onValueChange={(next) => plan.choose({ rule: next })}
      />
      {rule !== "transfer_none" && (
        <Field label="Transfer to">
          <Combobox
            value={receiver.id}
            onValueChange={(toUserId) => plan.choose({ toUserId })}
            options={known.receivers.map(({ id, name, email, level, canGet }) => ({
              value: id,
              text: name,
              secondary: `${levelWord(level)} · ${email}${canGet.all < known.total ? ` · can get ${grouped(canGet.all)}` : ""}`,
            }))}
            placeholder="Choose a member"
            searchLabel="Search members"
          />
        </Field>
      )}
    </div>
  );
}

type KeyChoiceProps = KeyPlanFieldsProps & { apiKey: PlannedKey };

const nobody = "nobody";

type ChoiceItemsProps = {
  value: string;
  onChoose: (next: string) => void;
  receivers: readonly { readonly id: string; readonly name: string }[];
  stays: string;
};

const ChoiceMenu = lazyMenu(async () => ChoiceItems);

function ChoiceItems({ value, onChoose, receivers, stays }: ChoiceItemsProps) {
  return (
    <MenuContent>
      <MenuRadioGroup value={value} onValueChange={onChoose}>
        {receivers.map(({ id, name }) => (
          <MenuRadioItem key={id} value={id}>
            Transfer to {name}
          </MenuRadioItem>
        ))}
        <MenuRadioItem value={nobody}>{stays}</MenuRadioItem>
      </MenuRadioGroup>
    </MenuContent>
  );
}

/** Chooses an exception for one key. The menu is rendered only while open. */
function KeyChoice({ apiKey, plan, words }: KeyChoiceProps) {
  const to = plan.receiverOf(apiKey);
  const receivers = (plan.known?.receivers ?? []).filter(({ id }) => apiKey.receivers.includes(id));
  const shown = to === null ? words.stays : "Transfer";
  if (receivers.length === 0) {
    return (
      <span
        className="w-24 shrink-0 text-right text-ink-muted text-xs"
        title="Nobody else could have generated it."
      >
        {words.stays}
      </span>
    );
  }
  return (
    <ChoiceMenu
      value={to ?? nobody}
      onChoose={(next) => plan.decide(apiKey, next === nobody ? null : next)}
      receivers={receivers}
      stays={words.stays}
      button={
        <Button variant="ghost" size="small" className="w-24 shrink-0 justify-end px-1.5!">
          {shown}
          <span className="sr-only">: what becomes of {apiKey.name}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
    />
  );
}

function LostPermissions({ apiKey: { name, lost } }: { apiKey: PlannedKey }) {
  return (
    <details className="text-xs">
      <summary className="chevron-summary w-fit cursor-pointer text-ink-muted hover:text-ink">
        {lost.length === 1 ? "1 permission" : `${lost.length} permissions`} lost
      </summary>
      <ul aria-label={`What ${name} loses`} className="flex flex-wrap gap-1 pt-1.5">
        {lost.map((permission) => (
          <li key={permission} className="max-w-full">
            <Badge className="font-mono">{permission}</Badge>
          </li>
        ))}
      </ul>
    </details>
  );
}
