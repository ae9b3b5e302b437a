"use client";

import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { grouped } from "@/components/ui/grouped";
import { ExactTime } from "@/components/ui/time/relative-time";
import { roleLabel } from "@/lib/core/access/role";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import type { KeyLimits } from "@/lib/services/keys/key-limits";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { lastUseFacts } from "../change/key-impact-facts";
import { Facts } from "../facts";
import { policyWords, rateWords, reasonWords, typeWords } from "../key-words";
import { KeyIdText } from "../list/key-id-text";
import { KeyNamespace } from "../list/key-namespace";
import { KeyStatusBadge } from "../list/key-status-badge";
import { LabelFacts, VerificationFacts } from "./key-attributes-facts";
import { KeyPermissions } from "./key-permissions";
import { KeyRotation } from "./key-rotation";
import { KeyUsageChart } from "./key-usage-chart";

export function KeyDetailsContent({ details }: { details: KeyDetails }) {
  const { namespace, roles, createdBy, createdAt, impact, dailyUsage, publicToken } = details;
  return (
    <div className="grid divide-y">
      <div className="grid gap-2 p-5">
        <h3 className="font-semibold text-base text-ink [overflow-wrap:anywhere]">{details.name}</h3>
        {details.description !== "" && (
          <p className="whitespace-pre-line text-ink-muted [overflow-wrap:anywhere]">{details.description}</p>
        )}
        <div className="flex items-center gap-2">
          <KeyStatusBadge status={details.status} />
          {details.imported && <Badge>Imported</Badge>}
        </div>
      </div>
      {details.graceEndsAt !== null && <KeyRotation details={details} />}
      <Section heading="Key">
        <Facts
          label="Key"
          facts={[
            ["Key ID", <KeyIdText key="id" keyId={details.id} />],
            ["Type", typeWords[details.type]],
            ...(details.imported
              ? [["Token", "Imported. Rolling replaces it with a Latchkey token."] as const]
              : []),
            ...(publicToken === null
              ? []
              : [["Public token", <PublicToken key="t" token={publicToken} />] as const]),
            ["Access level", details.accessLevel],
            ["Namespace", <KeyNamespace key="namespace" namespace={namespace} whole />],
            ["Roles", roles.length === 0 ? "None" : <Lines key="roles" lines={roles.map(roleLabel)} />],
          ]}
        />
      </Section>
      <Section heading="Lifecycle">
        <Facts
          label="Lifecycle"
          facts={[
            ["Created", <ExactTime key="created" moment={createdAt} />],
            [
              "Created by",
              <span key="by" className="flex items-center gap-2">
                <Avatar name={createdBy.name} size="small" />
                <span>
                  {createdBy.name} <span className="text-ink-muted">{createdBy.email}</span>
                </span>
              </span>,
            ],
            ...endFacts(details),
            ...pauseFacts(details),
            ...revocationFacts(details),
          ]}
        />
      </Section>
      <Section heading="Limits">
        <KeyLimitsFacts limits={details} />
      </Section>
      <Section heading="Returned by verification">
        <VerificationFacts {...details} />
      </Section>
      <Section heading="Labels">
        <LabelFacts labels={details.labels} />
      </Section>
      <Section heading="Use">
        <Facts
          label="Use"
          facts={[
            ["Calls, last 24 hours", grouped(impact.callsLast24Hours)],
            [
              "Last used",
              impact.lastUsedAt === null ? "Never" : <ExactTime key="used" moment={impact.lastUsedAt} />,
            ],
            ...lastUseFacts(impact),
          ]}
        />
        <KeyUsageChart days={dailyUsage} />
      </Section>
      <Section heading="Effective permissions">
        <KeyPermissions details={details} />
      </Section>
    </div>
  );
}

/** When the key ends. If the policy sets that, also what the key's own expiry is. */
function endFacts(details: KeyDetails): (readonly [string, ReactNode])[] {
  const end = effectiveEnd(details);
  if (end === null) return [["Expires", "Never"]];
  if (expirySetBy(details) === "key") return [["Expires", <ExactTime key="expires" moment={end} />]];
  const { expiresAt } = details;
  return [
    [
      "Expires",
      <span key="expires" className="grid">
        <ExactTime moment={end} />
        <span className="text-ink-muted text-xs">Set by policy: {policyWords(details)}</span>
      </span>,
    ],
    ["Its own expiry", expiresAt === null ? "Never" : <ExactTime key="own" moment={expiresAt} />],
  ];
}

function pauseFacts({ pausedAt, pausedBy }: KeyDetails) {
  if (pausedAt === null) return [];
  const by = pausedBy === null ? [] : [["Paused by", `${pausedBy.name} (${pausedBy.email})`] as const];
  return [["Paused", <ExactTime key="paused" moment={pausedAt} />] as const, ...by];
}

function revocationFacts({ revokedAt, revokedBy, revocationReason }: KeyDetails) {
  if (revokedAt === null) return [];
  const by = revokedBy === null ? [] : [["Revoked by", `${revokedBy.name} (${revokedBy.email})`] as const];
  return [
    ["Revoked", <ExactTime key="revoked" moment={revokedAt} />] as const,
    ...by,
    ["Reason", reasonWords[revocationReason ?? "person"]] as const,
  ];
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="grid gap-3 p-5">
      <h4 className="font-medium text-ink-faint text-xs">{heading}</h4>
      {children}
    </section>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="grid gap-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function PublicToken({ token }: { token: string }) {
  return (
    <span className="flex items-start gap-1">
      <span className="break-all font-mono text-[0.8125rem]">{token}</span>
      <CopyButton value={token} label="Copy public token" className="-my-1" />
    </span>
  );
}

function KeyLimitsFacts({ limits }: { limits: KeyLimits }) {
  const { allowedAddresses, rateLimit } = limits;
  const addresses =
    allowedAddresses.length === 0 ? (
      "Everywhere"
    ) : (
      <ul className="grid gap-1 font-mono text-[0.8125rem]">
        {allowedAddresses.map((range) => (
          <li key={range}>{range}</li>
        ))}
      </ul>
    );
  return (
    <Facts
      label="Limits"
      facts={[
        ["Allowed from", addresses],
        ["Rate limit", rateLimit === null ? "None" : rateWords(rateLimit)],
      ]}
    />
  );
}
