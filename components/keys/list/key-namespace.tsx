import { Box, Building2, type LucideIcon, SquareStack, UsersRound } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { NamespaceType } from "@/lib/core/access/namespace";
import type { NamespaceView } from "@/lib/services/keys/read/key-view";
import { namespaceWords } from "../key-words";

const icons: Record<NamespaceType, LucideIcon> = {
  organization: Building2,
  application: Box,
  workspace: SquareStack,
  usergroup: UsersRound,
};

/** The icon of a namespace's type, hidden from screen readers. */
export function NamespaceIcon({ type }: Pick<NamespaceView, "type">) {
  const Icon = icons[type];
  return <Icon aria-hidden className="size-3.5 shrink-0 text-ink-faint" />;
}

type KeyNamespaceProps = {
  namespace: NamespaceView;
  /** Shows the full path and the type in words; otherwise the path is cut off at the column's edge. */
  whole?: boolean;
};

/** A namespace's path, with its type as icon, accessible name and tooltip. */
export function KeyNamespace({ namespace, whole = false }: KeyNamespaceProps) {
  const Icon = icons[namespace.type];
  const word = namespaceWords[namespace.type];
  if (whole) {
    return (
      <span className="[overflow-wrap:anywhere]">
        <Icon aria-hidden className="-mt-0.5 mr-1.5 inline size-3.5 text-ink-faint" />
        {namespace.name} <span className="text-ink-muted">{word.toLowerCase()}</span>
      </span>
    );
  }
  const end = Math.max(0, namespace.name.lastIndexOf(" / "));
  return (
    <span title={`${word}: ${namespace.name}`} className="flex min-w-0 items-center gap-1.5">
      <NamespaceIcon {...namespace} />
      {/* The organization's own name needs no type. */}
      {namespace.type !== "organization" && <span className="sr-only">{word}: </span>}
      <span className="flex min-w-0">
        {/* A long path is cut off at its beginning, because its end is more telling. */}
        <span className="min-w-0 truncate whitespace-pre">{namespace.name.slice(0, end)}</span>
        <span
          className={classNames("shrink-0 truncate whitespace-pre", end === 0 ? "max-w-full" : "max-w-3/4")}
        >
          {namespace.name.slice(end)}
        </span>
      </span>
    </span>
  );
}
