"use client";

import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { use, useEffect, useId, useRef, useState } from "react";
import { PermissionBadges } from "@/components/roles/permission-badges";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { Chip, chipsStyle } from "./chip";
import { RoleChoices, type RoleChoicesProps } from "./role-choices";
import { coveringText, idleText, rolesText } from "./roles-text";

type RolesFieldProps = Omit<RoleChoicesProps, "onToggle"> & {
  onChange: (selected: string[]) => void;
  /** Shown instead of the roles' effect, such as that somebody else changed them. */
  note?: string | false;
  /** Takes the focus when it appears. */
  focused?: boolean;
};

/** The chosen roles as removable chips, and a list to add more. */
export function RolesField({ onChange, note, focused = false, ...choices }: RolesFieldProps) {
  const { roles, selected, permissionsOf } = choices;
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!focused) return;
    // Wait a frame: Radix remounts the trigger once it has its anchor.
    const frame = requestAnimationFrame(() => trigger.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [focused]);
  const [listed, setListed] = useState(false);
  const { faults, forget } = use(FormContext);
  const error = faultOf(faults, "roles");
  const permissions = permissionsOf(roles.filter((role) => selected.includes(role.id)));
  const idle = idleText(choices);
  const toggle = (roleId: string, on: boolean) => {
    forget?.("roles");
    onChange(on ? [...selected, roleId] : selected.filter((other) => other !== roleId));
  };
  const remove = (roleId: string) => {
    toggle(roleId, false);
    setSaid(`Removed ${roleId}`);
    trigger.current?.focus();
  };
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        Roles
      </span>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Anchor asChild>
          <div
            className={classNames(
              chipsStyle,
              "has-[[role=combobox]:focus-visible]:border-focus has-[[role=combobox]:focus-visible]:outline-2 has-[[role=combobox]:focus-visible]:outline-focus has-[[aria-invalid=true]]:border-danger",
            )}
          >
            {selected.length > 0 && (
              <ul className="contents">
                {selected.map((roleId) => (
                  <Chip key={roleId} kind="role" text={roleId} onRemove={() => remove(roleId)} />
                ))}
              </ul>
            )}
            <Popover.Trigger
              ref={trigger}
              role="combobox"
              aria-labelledby={id}
              aria-describedby={`${id}-hint ${id}-error`}
              aria-invalid={error === undefined ? undefined : true}
              className="flex h-6 min-w-28 flex-1 items-center justify-between gap-2 px-1 text-left text-ink-faint outline-none sm:h-5.5"
            >
              {selected.length === 0 ? "Choose roles" : "Add a role"}
              <ChevronDown aria-hidden className="size-4 shrink-0" />
            </Popover.Trigger>
            <span role="status" className="sr-only">
              {said}
            </span>
          </div>
        </Popover.Anchor>
        {/* Rendered into the surrounding dialog, which blocks scrolling outside itself. The trigger's ref is set by the time this opens. */}
        <Popover.Portal container={trigger.current?.closest<HTMLElement>("[role=dialog]")}>
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-label="Choose roles"
            className="z-50 flex max-h-[min(22rem,var(--radix-popover-content-available-height))] w-(--radix-popover-trigger-width) animate-fade-in flex-col overflow-hidden rounded-lg bg-surface shadow-popover outline-none"
          >
            <RoleChoices {...choices} onToggle={toggle} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <p id={`${id}-hint`} className="text-ink-muted text-xs">
        {note || rolesText(choices)} {idle || coveringText(choices)}{" "}
        {permissions.length > 0 && (
          <Button
            variant="link"
            size="inline"
            aria-expanded={listed}
            className="text-xs! underline"
            onClick={() => setListed(!listed)}
          >
            {listed ? "Hide them" : "See them"}
          </Button>
        )}
      </p>
      {listed && permissions.length > 0 && (
        <PermissionBadges label="Permissions of the key" permissions={permissions} />
      )}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}
