import Link from "next/link";
import type { ReactNode } from "react";
import { CodeBlock } from "../code/code-block";
import { CodeTabs } from "../code/code-tabs";
import { DocsPage } from "../frame/docs-page";
import type { Neighbours } from "../frame/docs-sections";
import { errorsPage, pageOfAnchor, quickstartPage, referencePage } from "../frame/docs-sections";
import { OldAnchor } from "../frame/old-anchor";
import type { Reference } from "../reference/read-reference";
import { quickstartSamples } from "./quickstart-samples";
import type { QuickstartStep } from "./quickstart-steps";
import { quickstartSteps } from "./quickstart-steps";

/** The most important members of a verdict; the sample leaves out the others. */
const shownMembers = ["valid", "code", "key_id", "name", "subject", "access_level", "roles", "permissions"];

/** The steps from a fresh installation to an API that only accepts callers with a key. */
export function QuickstartView({ reference, neighbours }: { reference: Reference; neighbours: Neighbours }) {
  const samples = quickstartSamples(reference.server);
  const verified = reference.chapters
    .flatMap(({ operations }) => operations)
    .find(({ id }) => id === "verifyKey");
  const example = (verified?.answers[0]?.example ?? {}) as Record<string, unknown>;
  const to = (anchor: string) => pageOfAnchor(reference, anchor);
  return (
    <DocsPage
      title={quickstartPage.title}
      about="From your first key to an API that accepts only callers with a key, in about ten minutes."
      neighbours={neighbours}
    >
      <OldAnchor />
      <ol className="grid gap-10">
        <Step id="first-key">
          <P>
            Your service needs a key of its own to verify its callers' keys. In the{" "}
            <To href="/">dashboard</To>, open API keys and press Generate New Key. Choose the access level
            Admin, untick the role <Code>full_access</Code> and tick <Code>key_verifier</Code>. It lets the
            key verify others, and nothing else.
          </P>
          <P>Copy the secret: it is shown once. Then put it into your shell, bash or zsh.</P>
          <CodeBlock label="Read the secret" code={samples.readKey} language="shell" />
          <P>Ask Latchkey what the key is and what it may do.</P>
          <CodeBlock label="What is this key" code={samples.me} language="shell" />
        </Step>
        <Step id="first-verification">
          <P>
            When a caller sends your API a key, your API asks Latchkey about it. Here the key verifies itself.
            Latchkey says that it is valid and that it holds the permission you demand.
          </P>
          <CodeBlock label="Verify with curl" code={samples.verify} language="shell" />
          <P>
            The response begins like this. If <Code>valid</Code> is false, <Code>code</Code> says why:{" "}
            <To href={to("verifyKey")}>all codes and fields</To>.
          </P>
          <CodeBlock
            label="Response of a verification"
            code={JSON.stringify(example, shownMembers, 2)}
            language="json"
          />
        </Step>
        <Step id="node-client">
          <P>
            The client library for Node.js has no dependencies. Build it in a clone of Latchkey and install
            the file in your service.
          </P>
          <CodeBlock
            label="Install the client"
            code={"npm run client:pack\nnpm install ./dist/latchkey-client-0.1.0.tgz"}
            language="shell"
          />
          <P>
            Save this as <Code>verify.mjs</Code> and run <Code>node verify.mjs</Code>. A refused key is a
            value. If Latchkey cannot be reached, <Code>verify</Code> throws; let nothing through then.
          </P>
          <CodeBlock label="Verify in Node.js" code={samples.node} language="typescript" />
          <P>
            With <Code>mode: "local"</Code> the client judges keys in your own process, in microseconds, and a
            revoked key is still refused everywhere once the revocation has been answered.
          </P>
        </Step>
        <Step id="middleware">
          <P>
            The middleware reads the key from <Code>Authorization</Code> or <Code>X-API-Key</Code>, demands
            permissions, and answers 401, 403, 429 or 503 when it must. Your code runs only for valid keys and
            reads whose key it was. Replace <Code>keys:verify</Code> with a permission of your own, such as{" "}
            <Code>reports:read</Code>, once a role grants it.
          </P>
          <CodeTabs
            name="Middleware"
            tabs={Object.entries(samples.middlewares).map(([label, code]) => ({
              label,
              content: <CodeBlock label={`Middleware by ${label}`} code={code} language="typescript" />,
            }))}
          />
          <P>Call it with the key, and once without.</P>
          <CodeBlock label="Call your API" code={samples.callReports} language="shell" />
        </Step>
        <Step id="customer-keys">
          <P>
            Generate a key for each customer with the roles it needs, and enter your own id of the customer as
            its subject. Every verification returns the subject, so your API knows whose data to show. Your
            own programs can do the same with <To href={to("createKey")}>POST /v1/keys</To>. Keys that your
            customers already have can be <To href={to("importKeys")}>imported</To>.
          </P>
        </Step>
        <Step id="next-steps">
          <ul className="grid list-disc gap-1.5 pl-5 text-ink-muted text-sm leading-6">
            <li>
              <To href={to("rollKey")}>Roll a key</To>: both secrets work until the grace period ends.
            </li>
            <li>
              <To href={to("revokeKey")}>Revoke a key</To>: once the call returns, no node accepts it.
            </li>
            <li>
              <To href={to("issueToken")}>Get short-lived tokens</To> with OAuth 2.0.
            </li>
            <li>
              <To href={errorsPage.href}>Errors</To>: what each code means, and what to do about it.
            </li>
            <li>
              <To href={referencePage.href}>API reference</To>: every operation, with a form to try it.
            </li>
          </ul>
        </Step>
      </ol>
    </DocsPage>
  );
}

function Step({ id, children }: { id: QuickstartStep; children: ReactNode }) {
  const title = quickstartSteps.find((step) => step.id === id)?.title;
  return (
    <li className="grid min-w-0 gap-3">
      <h2 id={id} className="scroll-mt-28 font-semibold text-base text-ink md:scroll-mt-16">
        {title}
      </h2>
      {children}
    </li>
  );
}

function P({ children }: { children: ReactNode }) {
  return <p className="text-ink-muted text-sm leading-6 [overflow-wrap:anywhere]">{children}</p>;
}

function Code({ children }: { children: ReactNode }) {
  return (
    <code translate="no" className="rounded-sm bg-subtle px-0.5 py-px font-mono text-[0.8125rem] text-ink">
      {children}
    </code>
  );
}

function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="rounded text-accent-ink underline underline-offset-4">
      {children}
    </Link>
  );
}
