"use client";

import { Command } from "cmdk";
import { LoaderCircle, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useId, useMemo, useState, useTransition } from "react";
import { mayLeave } from "@/components/forms/leaving/may-leave";
import type { DialogProps } from "@/components/list/dialog-host";
import { giveFocusBack } from "@/components/ui/overlay/dialog-focus";
import { searchText } from "@/lib/core/search-text";
import { secretsIn } from "@/lib/core/secret-text";
import { foldedText } from "@/lib/core/typed-text";
import type { Membership } from "@/lib/services/users/list-memberships";
import { Keys } from "../keyboard/keys";
import { pressOnPage } from "../keyboard/press-on-page";
import { type JumpEntry, matchEntries, standingEntries } from "./jump-entries";
import { pastedToken } from "./pasted-token";
import { TokenNote } from "./token-note";
import { useMatches } from "./use-matches";

type CommandMenuProps = DialogProps & {
  current: Membership | undefined;
  memberships: readonly Membership[];
  onShortcuts: () => void;
};

const groups = ["Actions", "Pages", "Organizations"] as const;
/**
 * The groups while text is typed. Pages come first: "roles" must lead to Roles, not to "Create role", and results that
 * arrive later must not move it.
 */
const typedGroups = [
  "Pages",
  "Keys",
  "Members",
  "Applications",
  "Roles",
  "Actions",
  "Organizations",
] as const;
const label = "Search or jump to";
const shortcuts = {
  id: "shortcuts",
  group: "Actions",
  text: "Keyboard shortcuts",
  keys: "?",
  path: "",
} as const;

/** Reaches every page, key, member, application, role and action of the current organization. */
export function CommandMenu(props: CommandMenuProps) {
  const { current, memberships, opener, onClose, onShortcuts } = props;
  const router = useRouter();
  const [text, setText] = useState("");
  const [leaving, startLeaving] = useTransition();
  const { asked, pending, search } = useMatches(current?.slug);
  const standing = useMemo(
    () => [...standingEntries(current, memberships), shortcuts],
    [current, memberships],
  );
  const matches = asked?.text === text ? asked.matches : null;
  const entries = [
    ...(current === undefined || matches === null ? [] : matchEntries(current, matches)),
    ...standing.filter((entry) => isNamed(entry, text)),
  ];
  const choose = (entry: JumpEntry) => {
    if (entry.path === "") return onShortcuts();
    if (!mayLeave()) return onClose();
    if (matches?.token != null) pastedToken.remember(matches.token);
    startLeaving(() => {
      router.push(entry.path);
      onClose();
    });
    if (entry.press !== undefined) pressOnPage(entry.press);
  };
  const type = (typed: string) => {
    // A pasted token is replaced by its key's id. Only the search request has the token, to tell which secret it is.
    const shown = searchText(typed);
    setText(shown);
    search(typed, shown);
  };
  const busy = pending || leaving;
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => giveFocusBack(event, opener)}
          className="fixed inset-x-2 top-2 z-50 flex max-h-[min(30rem,calc(100dvh-1rem))] animate-dialog-in flex-col overflow-hidden rounded-xl bg-surface shadow-dialog outline-none sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:-ml-70 sm:w-140"
        >
          <Radix.Title className="sr-only">Command menu</Radix.Title>
          <Command label={label} shouldFilter={false} vimBindings={false} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b px-4">
              <BusyIcon busy={busy} />
              <Command.Input
                aria-label={label}
                value={text}
                onValueChange={type}
                placeholder="Search, or paste a key"
                spellCheck={false}
                className="h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none sm:text-sm"
              />
              <Radix.Close className="rounded px-1 text-ink-muted text-sm hover:text-ink max-sm:py-2">
                <span className="sm:hidden">Cancel</span>
                <span className="max-sm:hidden">
                  <span className="sr-only">Close</span>
                  <Keys>Esc</Keys>
                </span>
              </Radix.Close>
            </div>
            {matches?.token != null && <TokenNote token={matches.token} className="border-b" />}
            <Command.List
              label={label}
              className={`min-h-0 flex-1 overflow-y-auto overscroll-contain ${entries.length === 0 ? "" : "scroll-edges p-1"}`}
            >
              {(text === "" ? groups : typedGroups).map((group) => (
                <Group
                  key={group}
                  heading={group}
                  entries={entries.filter((entry) => entry.group === group)}
                  onChoose={choose}
                />
              ))}
            </Command.List>
            <p
              role="status"
              className={`px-4 py-2.5 text-ink-muted text-xs empty:hidden ${entries.length === 0 ? "" : "border-t"}`}
            >
              {asked?.failure ?? (entries.length === 0 && !pending ? nothingFound(text) : undefined)}
            </p>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function nothingFound(text: string): string {
  return secretsIn(text).length > 0 ? "No key here has that token." : `Nothing found for “${text}”.`;
}

function BusyIcon({ busy }: { busy: boolean }) {
  const Icon = busy ? LoaderCircle : Search;
  return <Icon aria-hidden className={`size-4 shrink-0 text-ink-faint ${busy ? "animate-spin" : ""}`} />;
}

type GroupProps = {
  heading: string;
  entries: readonly JumpEntry[];
  onChoose: (entry: JumpEntry) => void;
};

function Group({ heading, entries, onChoose }: GroupProps) {
  if (entries.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} onChoose={onChoose} />
      ))}
    </Command.Group>
  );
}

function Entry({ entry, onChoose }: { entry: JumpEntry; onChoose: (entry: JumpEntry) => void }) {
  const detailId = useId();
  const { id, text, detail, keys } = entry;
  return (
    <Command.Item
      value={id}
      aria-describedby={detail === undefined ? undefined : detailId}
      onSelect={() => onChoose(entry)}
      className="flex min-h-9 select-none items-center gap-3 rounded-md px-2 py-1.5 text-ink text-sm data-[selected=true]:bg-subtle-strong max-sm:min-h-11"
    >
      <span dir="auto" className="min-w-0 truncate">
        {text}
      </span>
      {/* Hidden to keep it out of the accessible name; aria-describedby still refers to it. */}
      <span id={detailId} aria-hidden dir="auto" className="min-w-0 flex-1 truncate text-ink-muted text-xs">
        {detail}
      </span>
      <span className="flex gap-1 max-sm:hidden">
        {keys?.split(" ").map((key) => (
          <Keys key={key}>{key}</Keys>
        ))}
      </span>
    </Command.Item>
  );
}

/** Does every typed word begin a word of the entry's text or group? */
function isNamed({ text, group }: JumpEntry, typed: string): boolean {
  const names = foldedText(`${group} ${text}`).split(/[\s/]+/);
  return foldedText(typed)
    .split(" ")
    .every((word) => names.some((name) => name.startsWith(word)));
}
