import { notFound } from "next/navigation";
import { cache } from "react";
import type { ResourceType } from "@/lib/core/access/resource";
import { resource as resourceSchema } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { readResource } from "@/lib/services/resources/read-resource";
import type { ResourceDetails } from "@/lib/services/resources/resource-view";
import { requireContext } from "./require-context";

/**
 * For pages: the application, workspace or user group of the URL. Responds with not found if it is deleted, belongs to
 * another organization, or the person may not see it.
 */
export const requireResource = cache(
  async (
    organizationSlug: string,
    type: ResourceType,
    id: string,
  ): Promise<{ readonly context: MemberContext; readonly resource: ResourceDetails }> => {
    const context = await requireContext(organizationSlug);
    const asked = resourceSchema.safeParse({ type, id });
    if (!asked.success) notFound();
    const resource = await readResource(context, asked.data);
    if (!resource.ok) notFound();
    return { context, resource: resource.value };
  },
);
