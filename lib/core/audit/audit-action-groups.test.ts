import { expect, test } from "vitest";
import { auditActions } from "../audit-actions";
import { actionsIn, auditActionGroups, groupOfAction } from "./audit-action-groups";

test("[L7] every action of the audit log is in exactly one group", () => {
  expect(auditActionGroups.flatMap(actionsIn).sort()).toEqual([...auditActions].sort());
  expect(groupOfAction("member.sign_in_failed")).toBe("sign_ins");
  expect(groupOfAction("member.renamed")).toBe("people");
  expect(groupOfAction("member.mails_chosen")).toBe("people");
});
