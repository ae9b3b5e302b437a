"use client";

import { FunnelX, KeyRound, SearchX } from "lucide-react";
import { Empty } from "@/components/data-table/empty";
import { DialogButton } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { GenerateKeyDialog } from "./key-dialogs";

type KeysEmptyProps = {
  status: KeyListStatus;
  /** The search term; empty without a search. */
  search: string;
  searchFault: string | null;
  /** Whether there are no keys of any status. */
  none: boolean;
  mayGenerate: boolean;
  /** Whether any filter besides the status is set. */
  isFiltered: boolean;
  onClearSearch: () => void;
  onClearFilters: () => void;
  onShowAll: () => void;
};

const emptyWords = {
  rolling: "Keys are listed here while their previous secret still works.",
  paused: "Paused keys are listed here, and among the active ones.",
  revoked: "Revoked keys stay listed here.",
  expired: "Expired keys are listed here.",
};

/** Says why the table is empty and what to do about it. */
export function KeysEmpty(props: KeysEmptyProps) {
  const { status, search, searchFault, none, mayGenerate, isFiltered } = props;
  const { onClearSearch, onClearFilters, onShowAll } = props;
  if (isFiltered && searchFault === null) {
    return (
      <Empty
        icon={FunnelX}
        heading={search === "" ? "No keys match the filter" : `Nothing found for “${search}” in this filter`}
        text={status === "all" ? "Keys of every status were searched." : `Only ${status} keys are shown.`}
      >
        <Button onClick={onClearFilters}>Clear the filter</Button>
        {status !== "all" && <Button onClick={onShowAll}>Search all keys</Button>}
      </Empty>
    );
  }
  if (searchFault !== null || search !== "") {
    return (
      <Empty
        icon={SearchX}
        heading={searchFault ?? `Nothing found for “${search}”`}
        text={
          searchFault !== null
            ? "No keys are shown until it is corrected."
            : status === "all"
              ? "The search covers names, descriptions, subjects, key IDs, creators and namespaces."
              : `Only ${status} keys are searched.`
        }
      >
        <Button
          onClick={() => {
            onClearSearch();
            // The fault may be in a filter of the URL instead of the search.
            if (searchFault !== null) onClearFilters();
          }}
        >
          {searchFault !== null && isFiltered ? "Clear search and filters" : "Clear the search"}
        </Button>
        {status !== "all" && searchFault === null && <Button onClick={onShowAll}>Search all keys</Button>}
      </Empty>
    );
  }
  if (!none && status !== "active" && status !== "all") {
    return (
      <Empty icon={KeyRound} heading={`No ${status} keys`} text={emptyWords[status]}>
        <Button onClick={onShowAll}>Show all keys</Button>
      </Empty>
    );
  }
  return (
    <Empty
      icon={KeyRound}
      heading={none ? "No API keys yet" : "No active keys"}
      text="A key lets a program call the API in this organization's name. Generate one, copy its secret, and send it as a bearer token."
    >
      {mayGenerate && (
        <DialogButton variant="primary" dialog={(props) => <GenerateKeyDialog {...props} />}>
          Generate a key
        </DialogButton>
      )}
    </Empty>
  );
}
