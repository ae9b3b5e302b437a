"use client";

import { Check, Moon, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { grouped } from "@/components/ui/grouped";
import type { ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import { Facts } from "../facts";
import { reasonWords } from "../key-words";
import { clientStateWords, nodeStateWords, witnessText } from "./receipt-words";

type ReceiptProps = {
  facts: ReceiptFacts;
  /** The signed facts. */
  receipt: string;
  organizationName: string;
};

/** A page to print or to attach to an incident report, so all times are in UTC. */
export function RevocationReceiptView({ facts, receipt, organizationName }: ReceiptProps) {
  const { nodes, clients } = facts;
  const nodeNames = new Map(nodes.map(({ id, name }) => [id, name]));
  return (
    <article className="grid max-w-3xl grid-cols-1 gap-6">
      <div className="flex items-start justify-between gap-4">
        <PageHeading title="Revocation receipt">
          When this key stopped working everywhere, and which nodes confirmed it.
        </PageHeading>
        <Button className="shrink-0 print:hidden" onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <section className="grid gap-4 rounded-lg border bg-surface p-5 max-sm:p-4">
        <p className="text-base text-ink">
          Since <b className="font-semibold">{utc(facts.effective_at)}</b> at the latest, no node has accepted{" "}
          <bdi className="font-semibold [overflow-wrap:anywhere]">{facts.key_name}</bdi>. {witnessText(facts)}
        </p>
        <Facts
          label="Revocation"
          facts={[
            ["Key", <Code key="key">{facts.key_id}</Code>],
            ["Organization", <bdi key="organization">{organizationName}</bdi>],
            ["Requested", utc(facts.revoked_at)],
            ["In force", utc(facts.effective_at)],
            ["Reason", reasonWords[facts.reason as keyof typeof reasonWords] ?? facts.reason],
          ]}
        />
        {facts.recorded === "late" && (
          <p className="text-ink-muted text-sm">
            This was recorded late: very many keys ended at once, or the process that revoked the key had
            ended. The key was out of use before, but the nodes are those of {utc(facts.effective_at)}.
          </p>
        )}
      </section>
      <Witnesses heading="Nodes" listed={nodes.length} total={facts.nodes_total}>
        {nodes.map(({ id, name, state, lease_ended_at }) => (
          <Witness key={id} state={state} word={nodeStateWords[state]} title={name || id}>
            {lease_ended_at !== null && <>at {utc(lease_ended_at)}</>}
          </Witness>
        ))}
        {nodes.length === 0 && <Nothing>No node was running, so none could accept the key.</Nothing>}
      </Witnesses>
      <Witnesses
        heading="Clients that verify in process"
        listed={clients?.length ?? 0}
        total={facts.clients_total ?? 0}
      >
        {clients?.map(({ key_id, key_name, address, node, state }, index) => (
          <Witness
            // biome-ignore lint/suspicious/noArrayIndexKey: two clients may differ in nothing.
            key={index}
            state={state}
            word={clientStateWords[state]}
            title={key_name ?? "A client"}
          >
            {key_id !== undefined && <Code>{key_id}</Code>}
            {address != null && <> from {address}</>} at {nodeNames.get(node) ?? node}
          </Witness>
        ))}
        {clients === null && (
          <Nothing>
            This receipt was recorded too late to list them. A node acknowledges only after its clients did,
            or after their leases ended.
          </Nothing>
        )}
        {clients?.length === 0 && <Nothing>No client was connected to a node that acknowledged.</Nothing>}
      </Witnesses>
      <section className="grid gap-2 text-ink-muted text-sm">
        <h2 className="font-medium text-ink">What this states</h2>
        <p>
          A node or a client answers from memory only while it holds a lease of two seconds at most. One that
          acknowledged has forgotten the key. One whose lease ended answers nothing from memory, and reads the
          revocation before it gets another lease; so do the clients of that node. It does not state what a
          service does that keeps verdicts of its own, or what was done with the key before.
        </p>
      </section>
      <section className="grid gap-2 text-sm">
        <div className="flex items-center justify-between">
          <h2 className="font-medium text-ink">Signed receipt</h2>
          <CopyButton value={receipt} label="Copy signed receipt" className="-my-1 print:hidden" />
        </div>
        <p className="text-ink-muted">
          A JWS that any JOSE library verifies with the keys at <Code>/.well-known/jwks.json</Code>. Those
          change every few months: keep a copy of them with the receipt.
        </p>
        <pre className="whitespace-pre-wrap break-all rounded-md border bg-subtle p-3 font-mono text-ink text-xs leading-5">
          {receipt}
        </pre>
      </section>
    </article>
  );
}

type WitnessesProps = { heading: string; listed: number; total: number; children: ReactNode };

function Witnesses({ heading, listed, total, children }: WitnessesProps) {
  return (
    <section className="grid gap-2">
      <h2 className="font-medium text-ink text-sm">
        {heading} {total > 0 && <span className="text-ink-muted tabular-nums">{grouped(total)}</span>}
      </h2>
      <ul className="divide-y rounded-lg border bg-surface text-sm">{children}</ul>
      {listed < total && (
        <p className="text-ink-muted text-sm">
          The first {grouped(listed)} are listed; those that did not acknowledge come first.
        </p>
      )}
    </section>
  );
}

const marks = {
  acknowledged: <Check aria-hidden className="size-4 text-status-active-ink" />,
  lease_ended: <Moon aria-hidden className="size-4 text-status-expiring-ink" />,
  lease_renewed: <RotateCcw aria-hidden className="size-4 text-status-expiring-ink" />,
  no_lease: <Moon aria-hidden className="size-4 text-ink-faint" />,
};

type WitnessProps = { state: keyof typeof marks; word: string; title: string; children: ReactNode };

function Witness({ state, word, title, children }: WitnessProps) {
  return (
    <li className="flex items-start gap-3 break-inside-avoid px-4 py-2.5">
      <span className="mt-0.5 shrink-0">{marks[state]}</span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <bdi className="text-ink">{title}</bdi>
        <span className="block text-ink-muted text-xs empty:hidden">{children}</span>
      </span>
      <span className="shrink-0 text-ink-muted">{word}</span>
    </li>
  );
}

const Nothing = ({ children }: { children: ReactNode }) => (
  <li className="px-4 py-3 text-ink-muted">{children}</li>
);

const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-[0.8125rem]">{children}</code>
);

/** "2026-11-30 03:30:13.345 UTC", the same in every reader's locale. */
function utc(text: string): ReactNode {
  return (
    <time dateTime={text} className="whitespace-nowrap tabular-nums">
      {text.replace("T", " ").replace("Z", " UTC")}
    </time>
  );
}
