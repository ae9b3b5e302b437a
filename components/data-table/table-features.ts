import { tableFeatures } from "@tanstack/react-table";

/** TanStack's core alone: the server filters, sorts and paginates. */
export const features = tableFeatures({});
