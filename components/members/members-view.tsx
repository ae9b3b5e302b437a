"use client";

import { SearchX, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import { Button } from "@/components/ui/button";
import { NowProvider } from "@/components/ui/now-provider";
import type { AccessLevel } from "@/lib/core/access-level";
import { pageSizes } from "@/lib/core/key-list-state";
import type { MemberListInput } from "@/lib/schemas/member";
import type { InvitationRow } from "@/lib/services/invitations/invitation-view";
import type { MemberPage, MemberRow } from "@/lib/services/members/member-view";
import { ChangeLevelDialog } from "./change-level-dialog";
import { InvitationList } from "./invitation-list";
import { InviteMemberDialog } from "./invite-member-dialog";
import { membersColumns } from "./members-columns";
import { MembersContext, type MembersContextValue } from "./members-context";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { useMemberListState } from "./use-member-list-state";

type MembersViewProps = {
  /** What was asked of the server, which is what the rows are of. */
  list: MemberListInput;
  searchFault: string | null;
  page: MemberPage;
  /** Null for who may only read. */
  invitations: readonly InvitationRow[] | null;
  /** May see how many keys each has. */
  seesKeys: boolean;
  serverNow: Date;
};

type Open = { readonly opener: HTMLElement | null } & (
  | { readonly name: "invite" }
  | { readonly name: "change"; readonly member: MemberRow; readonly level: AccessLevel }
  | { readonly name: "remove"; readonly member: MemberRow }
);

const rowId = (member: MemberRow) => member.id;
const byName = { id: "name", desc: false };
const noSort = () => undefined;

export function MembersView({ list, searchFault, page, invitations, seesKeys, serverNow }: MembersViewProps) {
  const listState = useMemberListState();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const editable = invitations !== null;
  const columns = useMemo(
    () => membersColumns({ actions: editable, liveKeys: seesKeys }),
    [editable, seesKeys],
  );
  const context = useMemo<MembersContextValue>(
    () => ({
      changeLevel: (member, level, opener) => setOpen({ name: "change", member, level, opener }),
      remove: (member, opener) => setOpen({ name: "remove", member, opener }),
    }),
    [],
  );
  return (
    <NowProvider serverNow={serverNow}>
      <MembersContext.Provider value={editable ? context : null}>
        <div className="grid grid-cols-1 gap-4">
          <div className="flex items-start justify-between gap-4">
            <div className="grid gap-1">
              <h1 className="font-semibold text-ink text-xl tracking-tight">Members</h1>
              <p className="text-ink-muted text-sm">The people of this organization.</p>
            </div>
            {editable && (
              <Button
                variant="primary"
                onClick={(event) => setOpen({ name: "invite", opener: event.currentTarget })}
              >
                <UserPlus aria-hidden />
                Invite member
              </Button>
            )}
          </div>
          <SearchBox
            label="Search members"
            placeholder="Name or email"
            className="sm:w-88"
            value={listState.state.search}
            onChange={(typed) => listState.search(typed, true)}
            onSubmit={(typed) => listState.search(typed, false)}
            busy={listState.stale}
            error={searchFault ?? undefined}
          />
          <DataTable
            label="Members"
            columns={columns}
            rows={page.rows}
            rowId={rowId}
            sorting={byName}
            onSort={noSort}
            stale={listState.stale}
            empty={<NobodyFound search={list.search} onClear={() => listState.search("", false)} />}
          />
          {page.total > 0 && (
            <Pagination
              page={list.page}
              pageSize={list.pageSize}
              total={page.total}
              pageSizes={pageSizes}
              onPage={listState.turnTo}
              onPageSize={listState.resize}
            />
          )}
          {editable && <InvitationList invitations={invitations} />}
        </div>
        {open?.name === "invite" && <InviteMemberDialog opener={open.opener} onClose={close} />}
        {open?.name === "change" && (
          <ChangeLevelDialog member={open.member} level={open.level} opener={open.opener} onClose={close} />
        )}
        {open?.name === "remove" && (
          <RemoveMemberDialog member={open.member} opener={open.opener} onClose={close} />
        )}
      </MembersContext.Provider>
    </NowProvider>
  );
}

/** An organization always has an owner, so only a search finds nobody. */
function NobodyFound({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <span
        aria-hidden
        className="grid size-10 place-items-center rounded-lg border bg-subtle text-ink-muted"
      >
        <SearchX className="size-5" />
      </span>
      <div className="grid max-w-sm gap-1">
        <p role="status" className="font-medium text-ink [overflow-wrap:anywhere]">
          {search === "" ? "This cannot be searched for" : `Nobody found for “${search}”`}
        </p>
        <p className="text-ink-muted">Names and emails are searched.</p>
      </div>
      <Button onClick={onClear}>Clear the search</Button>
    </div>
  );
}
