import type { z } from "zod";
import { keyListInput } from "./key-list";

/** The state of a list that is searched and paged, as its page's address holds it. */
export const listInput = keyListInput.pick({ search: true, page: true, pageSize: true });
export type ListInput = z.infer<typeof listInput>;
