import type { ColumnLayout } from "@/components/data-table/column";

export const webhooksAbout = "Signed messages about keys, sent to your own services.";

/** The columns of the table "Endpoints". The server renders the skeleton from these. */
export const endpointColumnLayouts = [
  { id: "endpoint", title: "Endpoint", width: "", phone: "title" },
  { id: "events", title: "Events", width: "w-52 @max-[860px]/table:hidden" },
  { id: "status", title: "Status", width: "w-60", phone: "about" },
  { id: "delivered", title: "Delivered, 24 h", width: "w-28", align: "right", phone: "aside" },
  { id: "hours", title: "By hour", width: "w-28 @max-[700px]/table:hidden" },
  { id: "actions", title: "", width: "w-10", sticky: "end", phone: "actions" },
] as const satisfies readonly ColumnLayout[];

/** The columns of the table "Deliveries". */
export const deliveryColumnLayouts = [
  { id: "event", title: "Event", width: "w-40 max-md:w-auto", phone: "title" },
  { id: "about", title: "About", width: "", phone: "about" },
  { id: "state", title: "State", width: "w-26", phone: "aside" },
  { id: "response", title: "Response", width: "w-24 @max-[620px]/table:hidden" },
  { id: "attempts", title: "Tries", width: "w-14 @max-[620px]/table:hidden", align: "right" },
  { id: "time", title: "Time", width: "w-22", align: "right", phone: "rest" },
] as const satisfies readonly ColumnLayout[];
