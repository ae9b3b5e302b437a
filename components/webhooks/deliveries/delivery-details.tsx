import { CodeBlock } from "@/components/docs/code/code-block";
import { Facts } from "@/components/keys/facts";
import { CopyButton } from "@/components/ui/copy-button";
import { grouped } from "@/components/ui/grouped";
import { ExactTime } from "@/components/ui/time/relative-time";
import type { DeliveryDetails as Details } from "@/lib/services/webhooks/list-deliveries";
import { answerText, attemptsText } from "../webhook-words";
import { DeliveryState } from "./delivery-state";
import { SendAgainButton } from "./send-buttons";

type DeliveryDetailsProps = { endpointId: string; active: boolean; delivery: Details };

/** One delivery: its outcome, then what was sent and the response. */
export function DeliveryDetails({ endpointId, active, delivery }: DeliveryDetailsProps) {
  const { type, state, subject, subjectName, sequence, attempts, createdAt, attemptedAt } = delivery;
  const { nextAttemptAt, webhookId, payload, responseBody } = delivery;
  const answer = answerText(delivery);
  return (
    <section aria-labelledby="delivery" className="grid min-w-0 grid-cols-1 content-start gap-3 p-4">
      <div className="flex items-center justify-between gap-3">
        <h2 id="delivery" className="min-w-0 font-medium font-mono text-ink text-sm [overflow-wrap:anywhere]">
          {type}
        </h2>
        <SendAgainButton key={delivery.id} endpointId={endpointId} delivery={delivery} active={active} />
      </div>
      <Facts
        label="Delivery"
        className="gap-y-1.5! text-[0.8125rem]! *:grid-cols-[5.5rem_1fr]!"
        facts={[
          ["State", <DeliveryState key="" state={state} />],
          ["About", sequence === null ? subjectName : <About key="" name={subjectName} id={subject} />],
          ["Response", answer ?? "None yet"],
          ...(nextAttemptAt === null
            ? []
            : ([["Next try", <ExactTime key="" moment={nextAttemptAt} />]] as const)),
          ["Tries", attemptsText(delivery)],
          ...(attempts === 0 || attemptedAt === null
            ? []
            : ([["Last try", <ExactTime key="" moment={attemptedAt} />]] as const)),
          ["Happened", <ExactTime key="" moment={createdAt} />],
          ...(sequence === null ? [] : ([["Audit entry", grouped(sequence)]] as const)),
          ["webhook-id", <WebhookId key="" id={webhookId} />],
        ]}
      />
      <div className="grid min-w-0 gap-1.5">
        <h3 className="font-medium text-ink text-xs">Payload</h3>
        <CodeBlock label="payload" language="json" code={readable(payload)} copied={payload} />
      </div>
      {responseBody !== null && responseBody !== "" && (
        <div className="grid min-w-0 gap-1.5">
          <h3 className="font-medium text-ink text-xs">Response body</h3>
          <CodeBlock
            label="response body"
            language={/^\s*[{[]/.test(responseBody) ? "json" : "text"}
            code={responseBody}
          />
        </div>
      )}
    </section>
  );
}

function About({ name, id }: { name: string; id: string }) {
  return (
    <>
      <bdi>{name}</bdi> <span className="text-ink-muted [overflow-wrap:anywhere]">{id}</span>
    </>
  );
}

function WebhookId({ id }: { id: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1 font-mono text-xs">
      <span className="min-w-0 [overflow-wrap:anywhere]">{id}</span>
      <CopyButton lean value={id} label="Copy webhook-id" />
    </span>
  );
}

/** The body with line breaks, for reading. What is copied is the body as signed and sent. */
function readable(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
