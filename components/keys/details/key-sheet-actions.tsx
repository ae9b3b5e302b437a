"use client";

import { DialogButton, type DialogProps } from "@/components/list/dialog-host";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { GenerateKeyDialog, KeyDialog } from "../list/key-dialogs";
import { usePastedToken } from "../pasted/pasted-token-banner";
import { reasonAgainst } from "../reason-against";
import { whoManages } from "../why-not-key";

/** The actions on the key. Unavailable ones stay in place and say why. */
export function KeySheetActions({ apiKey }: { apiKey: KeyRow }) {
  const dialog = (name: "edit" | "roll" | "pause" | "resume" | "revoke") => (props: DialogProps) => (
    <KeyDialog name={name} apiKey={apiKey} {...props} />
  );
  const whyNot = reasonAgainst("revoke", apiKey);
  const incident = usePastedToken(apiKey.id) !== null && !hasEnded(apiKey.status);
  const third = hasEnded(apiKey.status) ? "duplicate" : apiKey.status === "paused" ? "resume" : "pause";
  return (
    <div className="flex flex-wrap gap-2 border-t px-6 py-3 max-sm:px-4 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:[&_button]:h-11 max-sm:[&_button]:flex-1 max-sm:[&_button]:px-2">
      {/* In an incident on a phone these two matter most: two buttons of equal width. */}
      <span className={incident ? "contents max-sm:hidden" : "contents"}>
        <DialogButton disabledBecause={reasonAgainst("update", apiKey)} dialog={dialog("edit")}>
          Edit
        </DialogButton>
        <DialogButton disabledBecause={reasonAgainst("roll", apiKey)} dialog={dialog("roll")}>
          Roll
        </DialogButton>
      </span>
      {third === "duplicate" ? (
        <DialogButton
          disabledBecause={reasonAgainst("duplicate", apiKey)}
          dialog={(props) => <GenerateKeyDialog from={apiKey} {...props} />}
        >
          Duplicate
        </DialogButton>
      ) : (
        <DialogButton disabledBecause={reasonAgainst(third, apiKey)} dialog={dialog(third)}>
          {third === "pause" ? "Pause" : "Resume"}
        </DialogButton>
      )}
      <DialogButton
        variant="danger"
        className="sm:ml-auto"
        disabledBecause={reasonAgainst("revoke", apiKey)}
        dialog={dialog("revoke")}
      >
        Revoke
      </DialogButton>
      {/* Below the buttons, because their tooltips open above them and would cover it. */}
      {whyNot?.includes("only an owner") && (
        <p className="w-full text-ink-muted text-xs">
          {whyNot} <OwnersToAsk subject={`API key ${apiKey.name} (key_${apiKey.id})`} />
        </p>
      )}
      {incident && (
        <p className="w-full text-center text-[0.8125rem] text-ink-faint sm:hidden">
          {third === "pause"
            ? `Both stop every call at once. Only a pause can be undone${apiKey.allowed.update ? "" : `, by ${whoManages(apiKey)}`}.`
            : "Its calls are refused already. Revoke it to end it for good."}
        </p>
      )}
    </div>
  );
}
