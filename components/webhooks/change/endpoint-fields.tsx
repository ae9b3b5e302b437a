"use client";

import { useId } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { everyEvent, type WebhookEvent, webhookEvents } from "@/lib/core/webhooks/webhook-events";

export type EndpointDraft = {
  readonly url: string;
  readonly every: boolean;
  /** Kept while all events are chosen, in case the person goes back to some. */
  readonly chosen: readonly WebhookEvent[];
};

export const emptyEndpoint: EndpointDraft = { url: "https://", every: true, chosen: [] };

type Endpoint = { readonly url: string; readonly events: readonly string[] };

export function endpointDraft({ url, events }: Endpoint): EndpointDraft {
  const chosen = webhookEvents.filter((event) => events.includes(event));
  return { url, every: events.includes(everyEvent), chosen };
}

export function draftEvents({ every, chosen }: EndpointDraft): (WebhookEvent | typeof everyEvent)[] {
  return every ? [everyEvent] : [...chosen];
}

/** What is missing before the form can be sent, as a sentence. */
export function missingFrom({ every, chosen }: EndpointDraft): string | undefined {
  return every || chosen.length > 0 ? undefined : "Choose at least one event.";
}

type EndpointFieldsProps = { draft: EndpointDraft; onChange: (change: Partial<EndpointDraft>) => void };

/** The fields of adding and editing an endpoint. */
export function EndpointFields({ draft, onChange }: EndpointFieldsProps) {
  return (
    <>
      <Field
        label="URL"
        required
        name="url"
        hint="Messages are sent here with POST. It must be reachable from this server over https."
      >
        <Input
          data-autofocus
          inputMode="url"
          className="font-mono"
          placeholder="https://hooks.example.com/latchkey"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.url}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      </Field>
      <EventsField draft={draft} onChange={onChange} />
    </>
  );
}

const choices = [
  { value: "all", label: "All events", description: "Including those that later versions add." },
  { value: "chosen", label: "Chosen events" },
] as const;

function EventsField({ draft, onChange }: EndpointFieldsProps) {
  const id = useId();
  const { every, chosen } = draft;
  const toggle = (event: WebhookEvent, on: boolean) =>
    onChange({ chosen: webhookEvents.filter((other) => (other === event ? on : chosen.includes(other))) });
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <span id={id} className="font-medium text-ink text-sm">
          Events
        </span>
        {!every && (
          <span role="status" className="text-ink-muted text-xs tabular-nums">
            {chosen.length} of {webhookEvents.length} chosen
          </span>
        )}
      </div>
      <RadioGroup
        aria-labelledby={id}
        options={choices}
        value={every ? "all" : "chosen"}
        onValueChange={(value) => onChange({ every: value === "all" })}
      />
      {!every && (
        <div className="grid min-w-0 divide-y rounded-md border border-line-input">
          {groups.map(({ title, events }) => (
            <fieldset key={title} className="grid gap-1 px-1 py-2">
              <legend className="float-left px-2 font-medium text-ink-muted text-xs">{title}</legend>
              <div className="clear-both grid sm:grid-cols-2">
                {events.map((event) => (
                  <ChoiceOption
                    key={event}
                    type="checkbox"
                    className="rounded px-2! py-1.5!"
                    checked={chosen.includes(event)}
                    onChange={({ target }) => toggle(event, target.checked)}
                    label={<span className="font-mono text-[0.8125rem]">{event}</span>}
                  />
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      )}
    </div>
  );
}

const groupTitles: Readonly<Record<string, string>> = { key: "API keys", member: "Members", role: "Roles" };

const groups = [...new Set(webhookEvents.map(nounOf))].map((noun) => ({
  title: groupTitles[noun] ?? noun,
  events: webhookEvents.filter((event) => nounOf(event) === noun),
}));

function nounOf(event: WebhookEvent): string {
  return event.split(".")[0] ?? "";
}
