"use server";

import {
  changeKeysInput,
  listBulkKeysInput,
  previewChangesInput,
  receiversInput,
  selectedCallsInput,
} from "@/lib/schemas/bulk/bulk-keys";
import { runOnceWithChange } from "@/lib/services/idempotency/run-once-with-change";
import { changeKeys as changeVerb } from "@/lib/services/keys/bulk/change-keys";
import { listBulkKeys as listKeysVerb } from "@/lib/services/keys/bulk/list-bulk-keys";
import { listReceivers as listReceiversVerb } from "@/lib/services/keys/bulk/list-receivers";
import { previewKeyChanges as previewVerb } from "@/lib/services/keys/bulk/preview-key-changes";
import { readSelectedCalls as readCallsVerb } from "@/lib/services/keys/bulk/read-selected-calls";
import { organizationAction, organizationRead } from "./action";

/** Changes one batch. The caller refreshes the page after the last one. */
export const changeKeys = organizationAction(
  "keys.changeMany",
  changeKeysInput,
  changeVerb,
  [],
  runOnceWithChange,
);
export const previewKeyChanges = organizationRead(previewChangesInput, previewVerb);
export const listBulkKeys = organizationRead(listBulkKeysInput, listKeysVerb);
export const readSelectedCalls = organizationRead(selectedCallsInput, readCallsVerb);
export const listReceivers = organizationRead(receiversInput, listReceiversVerb);
