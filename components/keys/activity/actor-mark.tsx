import { KeyRound, Server } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import type { KeyActivityEntry } from "@/lib/services/audit/read-key-activity";

type ActorMarkProps = Pick<KeyActivityEntry, "actorKind" | "actorName">;

/** The mark before an actor's name: a person's initials, or an icon for any other kind of actor. */
export function ActorMark({ actorKind, actorName }: ActorMarkProps) {
  if (actorKind === "user") return <Avatar name={actorName} size="small" />;
  const Icon = actorKind === "key" ? KeyRound : Server;
  return (
    <span className="grid size-5 shrink-0 place-items-center rounded bg-subtle-strong text-ink-muted">
      <Icon aria-hidden className="size-3" />
      {actorKind === "key" && <span className="sr-only">API key</span>}
    </span>
  );
}
