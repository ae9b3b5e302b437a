import { tableFeatures } from "@tanstack/react-table";

/** Only TanStack's core: the server filters, sorts and paginates. */
export const features = tableFeatures({});
