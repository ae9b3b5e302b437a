import type { z } from "zod";
import { keyListInput } from "./key-list";

/** The state of a list with search and paging, as in its page's URL. */
export const listInput = keyListInput.pick({ search: true, page: true, pageSize: true });
export type ListInput = z.infer<typeof listInput>;
