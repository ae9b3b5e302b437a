"use client";

import { CircleCheck, CirclePause, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useParams, useRouter } from "next/navigation";
import { ActionItems } from "@/components/list/action-items";
import type { MenuTrigger } from "@/components/list/row-menu";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import {
  DeleteEndpointDialog,
  DisableEndpointDialog,
  EditEndpointDialog,
  EnableEndpointDialog,
  RotateSecretDialog,
} from "./webhook-dialogs";
import { webhooksPath } from "./webhooks-path";

type EndpointMenuProps = { endpoint: EndpointView; trigger: MenuTrigger };

export function EndpointMenu({ endpoint, trigger }: EndpointMenuProps) {
  const router = useRouter();
  const { organization } = useParams<{ organization: string }>();
  return (
    <ActionItems
      trigger={trigger}
      actions={[
        {
          name: "Edit",
          icon: Pencil,
          dialog: (props) => <EditEndpointDialog endpoint={endpoint} {...props} />,
        },
        {
          name: "Rotate secret",
          icon: RefreshCw,
          dialog: (props) => <RotateSecretDialog endpoint={endpoint} {...props} />,
        },
        endpoint.state === "active"
          ? {
              name: "Disable",
              icon: CirclePause,
              dialog: (props) => <DisableEndpointDialog endpoint={endpoint} {...props} />,
            }
          : {
              name: "Enable",
              icon: CircleCheck,
              dialog: (props) => <EnableEndpointDialog endpoint={endpoint} {...props} />,
            },
        {
          name: "Delete",
          icon: Trash2,
          tone: "danger",
          separated: true,
          dialog: (props) => (
            <DeleteEndpointDialog
              endpoint={endpoint}
              onDeleted={() => router.replace(webhooksPath(organization))}
              {...props}
            />
          ),
        },
      ]}
    />
  );
}
