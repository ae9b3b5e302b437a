"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { keyCreatorsLine } from "@/components/keys/key-creators-line";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { PageHeading } from "@/components/shell/page-heading";
import { countOf } from "@/components/ui/count-of";
import type { KeyCreators } from "@/lib/core/access/permission";
import { useLookForCall } from "./first-call";
import { FirstCallSteps } from "./first-call-steps";
import { cardLink, OverviewCard } from "./overview-card";

/** A person's own keys; null if they may not create any. */
type OwnKeys = { readonly total: number; readonly wereUsed: boolean } | null;

type MemberOverviewProps = {
  organization: { readonly slug: string; readonly name: string; readonly keyCreators: KeyCreators };
  person: { readonly name: string };
  ownKeys: OwnKeys;
};

/** The overview for people who may not see the organization's usage: what they can do here. */
export function MemberOverview({ organization, person, ownKeys }: MemberOverviewProps) {
  const settings = `/${organization.slug}/settings`;
  const keysHref = `/account/api-keys/${organization.slug}`;
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-5">
      <PageHeading title="Overview">
        Welcome, <bdi>{person.name}</bdi>. You are a member of <bdi>{organization.name}</bdi>.
      </PageHeading>
      {ownKeys !== null && !ownKeys.wereUsed && (
        <OwnFirstSteps hasKey={ownKeys.total > 0} keysHref={keysHref} />
      )}
      <OverviewCard title="What you can do">
        <ul>
          {ownKeys === null ? (
            <Place title="Ask for an API key">
              {keyCreatorsLine[organization.keyCreators]} <OwnersToAsk />
            </Place>
          ) : (
            <Place title="Manage your API keys" link="Open your API keys" href={keysHref}>
              You have {ownKeys.total === 0 ? "none yet" : countOf(ownKeys.total, "key")}. Only you, admins
              and owners see {ownKeys.total === 1 ? "it" : "them"}.
            </Place>
          )}
          <Place title="See the applications" link="Open Applications" href={`${settings}/applications`}>
            You see the workspaces and user groups of those you have access to.
          </Place>
          <Place title="Find who to ask" link="Open Members" href={`${settings}/members`}>
            Owners and admins can change access, and stop a key that leaked.
          </Place>
          <Place title="Call the API" link="Open the documentation" href="/docs">
            A quickstart, and a reference in which you can try every operation.
          </Place>
          <Place title="Keep your account safe" link="Open Security" href="/account/security">
            Change your password. You enter it before anything that cannot be undone.
          </Place>
        </ul>
      </OverviewCard>
    </div>
  );
}

/** The person's first steps, shown until their first accepted call, which shows up by itself. */
function OwnFirstSteps({ hasKey, keysHref }: { hasKey: boolean; keysHref: string }) {
  useLookForCall();
  return (
    <OverviewCard
      title="First steps"
      aside={<span className="text-ink-faint text-xs tabular-nums">{hasKey ? 2 : 0} of 3</span>}
    >
      <ol>
        <FirstCallSteps hasKey={hasKey} link={{ href: keysHref, text: "Open your API keys" }} />
      </ol>
    </OverviewCard>
  );
}

type PlaceProps = { title: string; children: ReactNode; link?: string; href?: string };

function Place({ title, children, link, href }: PlaceProps) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t px-4 py-3.5">
      <div className="min-w-0">
        <h3 className="font-medium text-ink text-sm">{title}</h3>
        <p className="text-[0.8125rem] text-ink-muted">{children}</p>
      </div>
      {href !== undefined && (
        <Link href={href} className={`${cardLink} text-[0.8125rem]`}>
          {link}
        </Link>
      )}
    </li>
  );
}
