"use client";

import type { ReactNode } from "react";
import { CallsChart } from "@/components/charts/calls-chart";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { ExactTime } from "@/components/ui/time/relative-time";
import { levelWord } from "@/lib/core/access/access-level";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { isLeakPause } from "@/lib/core/keys/key-status";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { lastUseFacts } from "../change/key-impact-facts";
import { Facts } from "../facts";
import { leakPauseWords, policyWords, reasonWords } from "../key-words";
import { rateWords } from "../limits/rate-words";
import { KeyNamespace } from "../list/key-namespace";
import { IncidentPeople, IncidentRate, KeyCallers } from "../pasted/incident-use";
import { usePastedToken } from "../pasted/pasted-token-banner";
import { ReceiptLink } from "../receipt/receipt-link";
import { LabelFacts, VerificationFacts } from "./key-attributes-facts";
import { KeyFindings } from "./key-findings";
import { KeyRotation } from "./key-rotation";

/** The tab Overview: how the key is used, then its attributes. */
export function KeyOverview({ details }: { details: KeyDetails }) {
  const { impact, createdAt, revokedAt } = details;
  const incident = usePastedToken(details.id) !== null;
  return (
    <div className="grid grid-cols-1 gap-5">
      {details.rotation !== null && <KeyRotation details={details} rotation={details.rotation} />}
      {incident && <IncidentRate details={details} />}
      <CallsChart spans={details.usage} />
      <KeyCallers details={details} />
      {incident && <IncidentPeople details={details} />}
      <KeyFindings details={details} />
      <div className="divide-y border-t">
        <Group heading="Access">
          <AccessFacts details={details} />
        </Group>
        <Group heading="Limits">
          <Facts
            label="Limits"
            facts={[
              ["Allowed addresses", <AllowedAddresses key="from" ranges={details.allowedAddresses} />],
              ["Rate limit", details.rateLimit === null ? "None" : rateWords(details.rateLimit)],
              ...endFacts(details),
            ]}
          />
        </Group>
        <Group heading="Returned by verification">
          <VerificationFacts {...details} />
        </Group>
        <Group heading="Details">
          <Facts
            label="Details"
            facts={[
              ["Labels", <LabelFacts key="labels" labels={details.labels} />],
              ["Created", <ExactTime key="created" moment={createdAt} />],
              [
                "Last used",
                impact.lastUsedAt === null ? "Never" : <ExactTime key="used" moment={impact.lastUsedAt} />,
              ],
              ...lastUseFacts(impact),
              ...pauseFacts(details),
              ...(revokedAt === null ? [] : revocationFacts(details, revokedAt)),
            ]}
          />
        </Group>
      </div>
    </div>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="grid gap-2.5 py-4 last:pb-0">
      <h4 className="text-ink-muted text-xs">{heading}</h4>
      {children}
    </section>
  );
}

function AccessFacts({ details }: { details: KeyDetails }) {
  const { accessLevel, roles, namespace, createdBy, publicToken, imported } = details;
  return (
    <Facts
      label="Access"
      facts={[
        ["Level", levelWord(accessLevel)],
        ["Roles", roles.length === 0 ? "None" : <RoleLines key="roles" roles={roles} />],
        ["Namespace", <KeyNamespace key="namespace" namespace={namespace} whole />],
        [
          "Creator",
          <span key="by" className="flex items-start gap-2">
            <Avatar name={createdBy.name} size="small" />
            <span dir="auto">
              {createdBy.name} <span className="text-ink-muted">{createdBy.email}</span>
            </span>
          </span>,
        ],
        ...(publicToken === null
          ? []
          : [["Public token", <PublicToken key="token" token={publicToken} />] as const]),
        ...(imported ? [["Token", "Imported. Rolling replaces it with a Latchkey token."] as const] : []),
      ]}
    />
  );
}

function RoleLines({ roles }: Pick<KeyDetails, "roles">) {
  return (
    <ul className="grid gap-1">
      {roles.map(({ id, title }) => (
        <li key={id}>
          <Badge className="font-mono">{id}</Badge>{" "}
          <span dir="auto" className="text-ink-muted">
            {title}
          </span>
        </li>
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

function AllowedAddresses({ ranges }: { ranges: readonly string[] }) {
  if (ranges.length === 0) return "Everywhere";
  return (
    <ul className="grid gap-1 font-mono text-xs leading-5">
      {ranges.map((range) => (
        <li key={range}>{range}</li>
      ))}
    </ul>
  );
}

/** The key's end. If the policy sets that, also the key's own expiry. */
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
  const by = isLeakPause(pausedAt, pausedBy)
    ? (["Reason", leakPauseWords] as const)
    : (["Paused by", `${pausedBy?.name} (${pausedBy?.email})`] as const);
  return [["Paused", <ExactTime key="paused" moment={pausedAt} />] as const, by];
}

function revocationFacts({ id, revokedBy, revocationReason }: KeyDetails, revokedAt: Date) {
  const by = revokedBy === null ? [] : [["Revoked by", `${revokedBy.name} (${revokedBy.email})`] as const];
  return [
    ["Revoked", <ExactTime key="revoked" moment={revokedAt} />] as const,
    ...by,
    ["Reason", reasonWords[revocationReason ?? "person"]] as const,
    ["Receipt", <ReceiptLink key="receipt" keyId={id} />] as const,
  ];
}
