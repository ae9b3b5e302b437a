import { ChevronLeft, Webhook } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Empty } from "@/components/data-table/empty";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { ListPosition } from "@/lib/core/list-cursor";
import { formatListCursor } from "@/lib/core/list-cursor";
import type { WebhooksAddress } from "@/lib/schemas/webhooks/webhooks-address";
import type {
  DeliveryCounts,
  DeliveryRow,
  DeliveryDetails as Details,
} from "@/lib/services/webhooks/list-deliveries";
import { AddEndpointButton } from "./add-endpoint-button";
import { DeliveriesTable } from "./deliveries/deliveries-table";
import { DeliveryDetails } from "./deliveries/delivery-details";
import { DeliveryFilter } from "./deliveries/delivery-filter";
import type { stateWords } from "./deliveries/delivery-state";
import { EndpointNotes } from "./deliveries/endpoint-notes";
import { SendTestButton } from "./deliveries/send-buttons";
import { webhooksAbout } from "./endpoint-column-layouts";
import { EndpointsTable, type ShownEndpoint } from "./endpoints-table";
import { webhooksPath } from "./webhooks-path";

/** The endpoint whose deliveries are listed, and its deliveries. */
export type ShownDeliveries = {
  readonly endpoint: ShownEndpoint;
  readonly rows: readonly DeliveryRow[];
  readonly next: ListPosition | null;
  readonly counts: DeliveryCounts;
  /** The delivery beside the list; null if there is none, or if the one in the URL is gone. */
  readonly delivery: Details | null;
};

type WebhooksViewProps = {
  organization: string;
  address: WebhooksAddress;
  endpoints: readonly ShownEndpoint[];
  /** Null without endpoints, or if the endpoint in the URL is gone or cannot be read. */
  shown: ShownDeliveries | null;
};

/**
 * The endpoints, with the deliveries of one of them below. In a narrow window, an endpoint and a delivery are separate
 * views. The URL says which, so that Back returns to the list.
 */
export function WebhooksView({ organization, address, endpoints, shown }: WebhooksViewProps) {
  const isList = address.endpoint === undefined;
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className={classNames("grid grid-cols-1 gap-4", !isList && "max-lg:hidden")}>
        <PageHeading title="Webhooks" action={<AddEndpointButton />}>
          {webhooksAbout}
        </PageHeading>
        <EndpointsTable endpoints={endpoints} selected={shown?.endpoint.id}>
          {endpoints.length === 0 && (
            <Empty
              icon={Webhook}
              heading="No endpoints yet"
              text="An endpoint gets a signed message when a key is created, rolled, revoked or about to expire, and when people or roles change."
            >
              <AddEndpointButton />
            </Empty>
          )}
        </EndpointsTable>
      </div>
      {shown !== null ? (
        <EndpointPanel organization={organization} address={address} shown={shown} />
      ) : (
        (endpoints.length > 0 || !isList) && <Gone organization={organization} />
      )}
    </div>
  );
}

type EndpointPanelProps = { organization: string; address: WebhooksAddress; shown: ShownDeliveries };

function EndpointPanel({ organization, address, shown }: EndpointPanelProps) {
  const { endpoint, rows, next, counts, delivery } = shown;
  const here = { ...address, endpoint: endpoint.id, delivery: undefined };
  const active = endpoint.state === "active";
  const { host } = new URL(endpoint.url);
  const isOne = address.delivery !== undefined;
  const hasDetail = isOne || delivery !== null;
  return (
    <Card
      className={classNames(
        "overflow-clip max-md:-mx-4 max-md:rounded-none max-md:border-x-0 max-md:-mt-4",
        address.endpoint === undefined && "max-lg:hidden",
      )}
    >
      <div className={classNames(isOne && "max-lg:hidden")}>
        <BackTo href={webhooksPath(organization)}>Webhooks</BackTo>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
          <h1 className="min-w-0 flex-1 font-semibold text-ink text-lg tracking-tight [overflow-wrap:anywhere] lg:hidden">
            {endpoint.url.replace(/^\w+:\/\//, "")}
          </h1>
          <h2 className="min-w-0 flex-1 truncate font-semibold text-ink text-sm max-lg:sr-only">
            Deliveries <span className="font-normal text-ink-muted">to {host}</span>
          </h2>
          <div className="max-lg:order-last max-lg:w-full">
            <DeliveryFilter endpointId={endpoint.id} state={address.state} counts={counts} />
          </div>
          <SendTestButton key={endpoint.id} endpointId={endpoint.id} active={active} />
        </div>
        <EndpointNotes endpoint={endpoint} rows={rows} />
      </div>
      <div
        className={classNames(
          "grid grid-cols-1 border-t",
          hasDetail && "lg:grid-cols-[minmax(0,1fr)_minmax(20rem,28rem)]",
        )}
      >
        <div className={classNames("min-w-0", isOne && "max-lg:hidden")}>
          <DeliveriesTable rows={rows} address={here} selected={delivery?.id}>
            {rows.length === 0 && <NoDeliveries organization={organization} address={here} active={active} />}
          </DeliveriesTable>
          <Pages organization={organization} address={here} next={next} />
        </div>
        <div className={classNames("min-w-0 lg:border-l", !isOne && "max-lg:hidden", !hasDetail && "hidden")}>
          <BackTo href={webhooksPath(organization, here)}>Deliveries</BackTo>
          {isOne && <h1 className="sr-only lg:hidden">Delivery to {host}</h1>}
          {delivery !== null ? (
            <DeliveryDetails endpointId={endpoint.id} active={active} delivery={delivery} />
          ) : (
            isOne && <p className="p-4 text-ink-muted text-sm">This delivery no longer exists.</p>
          )}
        </div>
      </div>
    </Card>
  );
}

type NoDeliveriesProps = { organization: string; address: WebhooksAddress; active: boolean };

function NoDeliveries({ organization, address, active }: NoDeliveriesProps) {
  const { state, cursor, endpoint } = address;
  const isAll = state === undefined && cursor === undefined;
  const heading = isAll ? "Nothing sent yet" : state === undefined ? "No older deliveries" : nothing[state];
  return (
    <div className="grid justify-items-center gap-3 px-6 py-12 text-center text-sm">
      <p role="status" className="font-medium text-ink">
        {heading}
      </p>
      {isAll ? (
        active && <p className="max-w-sm text-ink-muted">Send a test to see whether the receiver answers.</p>
      ) : (
        <Button asChild>
          <Link href={webhooksPath(organization, { endpoint })}>Show all deliveries</Link>
        </Button>
      )}
    </div>
  );
}

const nothing = {
  waiting: "Nothing is waiting",
  delivered: "Nothing is delivered yet",
  failed: "Nothing has failed",
} as const satisfies Record<keyof typeof stateWords, string>;

type PagesProps = { organization: string; address: WebhooksAddress; next: ListPosition | null };

function Pages({ organization, address, next }: PagesProps) {
  const { endpoint, state, cursor } = address;
  if (next === null && cursor === undefined) return null;
  const to = (position?: string) => webhooksPath(organization, { endpoint, state, cursor: position });
  return (
    <nav aria-label="Pages of deliveries" className="flex justify-end gap-2 border-t px-4 py-2.5">
      {cursor !== undefined && (
        <Button asChild size="small" className="max-sm:h-11">
          <Link href={to()} scroll={false}>
            Newest
          </Link>
        </Button>
      )}
      {next !== null && (
        <Button asChild size="small" className="max-sm:h-11">
          <Link href={to(formatListCursor(next))} scroll={false}>
            Older
          </Link>
        </Button>
      )}
    </nav>
  );
}

/** The way back in a narrow window, where an endpoint or a delivery is a separate view. */
function BackTo({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="mx-2.5 mt-2 inline-flex h-9 items-center gap-1 rounded px-1.5 text-ink-muted text-sm hover:text-ink lg:hidden"
    >
      <ChevronLeft aria-hidden className="size-4" />
      {children}
    </Link>
  );
}

function Gone({ organization }: { organization: string }) {
  return (
    <Card>
      <Empty
        icon={Webhook}
        heading="There is no such endpoint"
        text="It may have been deleted, or the address of this page is incomplete."
      >
        <Button asChild>
          <Link href={webhooksPath(organization)}>Show all endpoints</Link>
        </Button>
      </Empty>
    </Card>
  );
}
