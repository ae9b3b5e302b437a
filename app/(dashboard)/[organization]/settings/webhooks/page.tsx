import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { ListPage } from "@/components/list/list-page";
import type { ShownEndpoint } from "@/components/webhooks/endpoints-table";
import { type ShownDeliveries, WebhooksView } from "@/components/webhooks/webhooks-view";
import { requireContext } from "@/lib/auth/require-context";
import { readWebhooksAddress } from "@/lib/schemas/webhooks/webhooks-address";
import type { MemberContext } from "@/lib/services/access/context";
import { listDeliveries, readDelivery, readDeliveryCounts } from "@/lib/services/webhooks/list-deliveries";
import { listWebhooks } from "@/lib/services/webhooks/list-webhooks";
import { readDeliveryHours } from "@/lib/services/webhooks/read-day";

export const metadata: Metadata = { title: "Webhooks" };

type WebhooksPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

type Address = NonNullable<ReturnType<typeof readWebhooksAddress>>;
/** Shown for an invalid URL: the endpoint does not exist. */
const unreadable = {
  endpoint: "",
  delivery: undefined,
  state: undefined,
  cursor: undefined,
  after: undefined,
};
const pageSize = 25;

export default async function WebhooksPage({ params, searchParams }: WebhooksPageProps) {
  const context = await requireContext((await params).organization);
  const address = readWebhooksAddress(await searchParams) ?? unreadable;
  const [listed, hours] = await Promise.all([listWebhooks(context), readDeliveryHours(context)]);
  if (!listed.ok || !hours.ok) notFound();
  const endpoints = listed.value.map((endpoint) => ({
    ...endpoint,
    hours: hours.value.get(endpoint.id) ?? [],
  }));
  return (
    <ListPage serverNow={context.origin.at}>
      <WebhooksView
        organization={context.organization.slug}
        address={address}
        endpoints={endpoints}
        shown={await shownDeliveries(context, address, endpoints)}
      />
    </ListPage>
  );
}

/** If the URL names no endpoint, uses the first failing one, or else the first. */
async function shownDeliveries(
  context: MemberContext,
  { endpoint: asked, delivery: deliveryId, state, after }: Address,
  endpoints: readonly ShownEndpoint[],
): Promise<ShownDeliveries | null> {
  const isFailing = (one: ShownEndpoint) => one.state === "active" && one.failingSince !== null;
  const endpoint =
    asked === undefined
      ? (endpoints.find(isFailing) ?? endpoints[0])
      : endpoints.find(({ id }) => id === asked);
  if (endpoint === undefined) return null;
  const endpointId = endpoint.id;
  const [page, counts] = await Promise.all([
    listDeliveries(context, {
      endpointId,
      limit: pageSize,
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { after }),
    }),
    readDeliveryCounts(context, { endpointId }),
  ]);
  // The endpoint was deleted in between.
  if (!page.ok || !counts.ok) return null;
  const shownId = deliveryId ?? page.value.rows[0]?.id;
  const delivery =
    shownId === undefined ? null : await readDelivery(context, { endpointId, deliveryId: shownId });
  return { ...page.value, endpoint, counts: counts.value, delivery: delivery?.ok ? delivery.value : null };
}
