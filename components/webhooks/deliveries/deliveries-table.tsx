"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { bodyCellStyle, type Cells, rowStyle, tableStyle } from "@/components/data-table/column";
import { TableHead } from "@/components/data-table/table-head";
import { rowOpener, useRowKeys } from "@/components/data-table/use-row-keys";
import { classNames } from "@/components/ui/class-names";
import { exactTimeText, useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import type { WebhooksAddress } from "@/lib/schemas/webhooks/webhooks-address";
import type { DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import { deliveryColumnLayouts } from "../endpoint-column-layouts";
import { shortMomentText } from "../webhook-words";
import { webhooksPath } from "../webhooks-path";
import { AnswerBadge, DeliveryState } from "./delivery-state";

type DeliveriesTableProps = {
  rows: readonly DeliveryRow[];
  address: WebhooksAddress;
  /** The delivery that is shown beside the list. */
  selected: string | undefined;
  /** Shown below the header when there are no rows. */
  children?: ReactNode;
};

/** An endpoint's deliveries, newest first. Each row shows the event and the response. */
export function DeliveriesTable({ rows, address, selected, children }: DeliveriesTableProps) {
  const { organization } = useParams<{ organization: string }>();
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const zone = useTimeZone();
  const now = useNow();
  const cells: Cells<typeof deliveryColumnLayouts, DeliveryRow> = {
    event: ({ id, type, subjectName }) => (
      <Link
        href={webhooksPath(organization, { ...address, delivery: id })}
        prefetch={false}
        scroll={false}
        aria-label={`${type}, ${subjectName}`}
        aria-current={id === selected ? "true" : undefined}
        className="-mx-0.75 block truncate rounded px-0.75 font-mono text-[0.8125rem] text-ink focus-visible:outline-offset-0"
        {...rowOpener}
      >
        {type}
      </Link>
    ),
    about: ({ subjectName }) => (
      <span dir="auto" title={subjectName} className="block truncate">
        {subjectName}
      </span>
    ),
    state: ({ state }) => <DeliveryState state={state} />,
    response: (delivery) => <AnswerBadge delivery={delivery} />,
    attempts: ({ attempts }) => <span className="tabular-nums">{attempts}</span>,
    time: ({ createdAt }) => (
      <time
        dateTime={createdAt.toISOString()}
        onPointerEnter={({ currentTarget }) => {
          currentTarget.title = exactTimeText(createdAt);
        }}
        className="text-ink-muted tabular-nums"
      >
        {shortMomentText(createdAt, now, zone)}
      </time>
    ),
  };
  return (
    <div className="@container/table min-w-0">
      <table
        ref={table}
        aria-label="Deliveries"
        className={classNames(
          tableStyle,
          "[&_th]:static! md:[&_td]:h-10! md:[&_td:first-child]:pl-4! md:[&_th:first-child]:pl-4! md:[&_td:last-child]:pr-4! md:[&_th:last-child]:pr-4!",
        )}
      >
        <TableHead columns={deliveryColumnLayouts} />
        <tbody>
          {rows.map((delivery) => (
            <tr
              key={delivery.id}
              className={rowStyle}
              data-selected={delivery.id === selected ? "" : undefined}
            >
              {deliveryColumnLayouts.map((column) => (
                <td key={column.id} className={bodyCellStyle(column, false)}>
                  {cells[column.id](delivery)}
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
