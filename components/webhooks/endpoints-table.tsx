"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { SparkBars } from "@/components/charts/spark-bars";
import { bodyCellStyle, type Cells, frameStyle, rowStyle, tableStyle } from "@/components/data-table/column";
import { TableHead } from "@/components/data-table/table-head";
import { rowOpener, useRowKeys } from "@/components/data-table/use-row-keys";
import { rowMenu } from "@/components/list/row-menu";
import { classNames } from "@/components/ui/class-names";
import { countOf } from "@/components/ui/count-of";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import type { DeliveryHour } from "@/lib/services/webhooks/read-day";
import { endpointColumnLayouts } from "./endpoint-column-layouts";
import { EndpointStatus } from "./endpoint-status";
import { EndpointUrl } from "./endpoint-url";
import { deliveredShare, eventsText } from "./webhook-words";
import { webhooksPath } from "./webhooks-path";

const EndpointMenu = rowMenu(async () => (await import("./endpoint-menu")).EndpointMenu);

/** The bars of an endpoint without events. */
const quietDay = Array.from({ length: 24 }, () => 0);

export type ShownEndpoint = EndpointView & { readonly hours: readonly DeliveryHour[] };

type EndpointsTableProps = {
  endpoints: readonly ShownEndpoint[];
  /** The endpoint whose deliveries are shown below. */
  selected: string | undefined;
  /** Shown below the header when there are no endpoints. */
  children?: ReactNode;
};

/**
 * The endpoints, with their health first: what fails, since when, and how much is waiting. A row opens the deliveries.
 */
export function EndpointsTable({ endpoints, selected, children }: EndpointsTableProps) {
  const { organization } = useParams<{ organization: string }>();
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const cells: Cells<typeof endpointColumnLayouts, ShownEndpoint> = {
    endpoint: ({ id, url }) => (
      <Link
        href={webhooksPath(organization, { endpoint: id })}
        prefetch={false}
        scroll={false}
        aria-label={`Deliveries to ${url}`}
        aria-current={id === selected ? "true" : undefined}
        className="-mx-0.75 block rounded px-0.75 font-medium text-ink text-sm focus-visible:outline-offset-0"
        {...rowOpener}
      >
        <EndpointUrl url={url} />
      </Link>
    ),
    events: ({ events }) => (
      <span
        title={events.includes("*") ? undefined : events.join("\n")}
        className="block truncate text-ink-muted"
      >
        {eventsText(events)}
      </span>
    ),
    status: (endpoint) => <EndpointStatus endpoint={endpoint} />,
    delivered: ({ hours, failingSince, state }) => (
      <span
        className={classNames(
          "font-medium tabular-nums",
          failingSince !== null && state === "active" ? "text-status-expiring-ink" : "text-ink",
        )}
      >
        {deliveredShare(hours) ?? <span className="font-normal text-ink-faint">No events</span>}
      </span>
    ),
    hours: ({ hours }) => (
      <SparkBars
        className="h-5 w-18"
        values={hours.length === 0 ? quietDay : hours.map(({ events }) => events)}
        label={`${countOf(
          hours.reduce((sum, { events }) => sum + events, 0),
          "event",
        )} in the last 24 hours`}
      />
    ),
    actions: (endpoint) => <EndpointMenu label={`Actions for ${endpoint.url}`} endpoint={endpoint} />,
  };
  return (
    <div className={frameStyle}>
      <table
        ref={table}
        aria-label="Endpoints"
        className={classNames(tableStyle, "md:[&_td:first-child]:pl-4! md:[&_th:first-child]:pl-4!")}
      >
        <TableHead columns={endpointColumnLayouts} />
        <tbody>
          {endpoints.map((endpoint) => (
            <tr
              key={endpoint.id}
              className={classNames(rowStyle, "max-lg:data-selected:bg-surface")}
              data-selected={endpoint.id === selected ? "" : undefined}
            >
              {endpointColumnLayouts.map((column) => (
                <td key={column.id} className={classNames(bodyCellStyle(column, false), "md:h-13.5!")}>
                  {cells[column.id](endpoint)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </div>
  );
}
