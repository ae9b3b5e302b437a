"use client";

import Link from "next/link";
import type { FirstSteps as Steps } from "@/lib/services/overview/overview-view";
import { useLookForCall } from "./first-call";
import { FirstCallSteps } from "./first-call-steps";
import { cardLink, OverviewCard } from "./overview-card";
import { Step } from "./step";

type FirstStepsProps = {
  steps: Steps;
  keysHref: string;
  membersHref: string;
  /** Null for people who may generate keys; otherwise says who may. */
  whyNoKey: string | null;
  /** Only owners invite owners. */
  mayInviteOwner: boolean;
};

/** The steps of a new organization until its first accepted call, which shows up by itself. */
export function FirstSteps({ steps, keysHref, membersHref, whyNoKey, mayInviteOwner }: FirstStepsProps) {
  const { hasKey, hasSecondOwner } = steps;
  useLookForCall();
  const done = (hasKey ? 2 : 0) + (hasSecondOwner ? 1 : 0);
  return (
    <OverviewCard
      title="First steps"
      aside={<span className="text-ink-faint text-xs tabular-nums">{done} of 4</span>}
    >
      <ol>
        <FirstCallSteps
          hasKey={hasKey}
          link={{ href: keysHref, text: "Open API keys" }}
          whyNoKey={whyNoKey}
        />
        <Step
          number={4}
          state={hasSecondOwner ? "done" : "later"}
          title="Invite a second owner"
          about={
            mayInviteOwner
              ? "If you lose access, someone else can still revoke a key."
              : "Only an owner can invite one."
          }
          aside={
            !hasSecondOwner &&
            mayInviteOwner && (
              <Link href={membersHref} className={`${cardLink} text-[0.8125rem]`}>
                Open Members
              </Link>
            )
          }
        />
      </ol>
    </OverviewCard>
  );
}
