import { useMemo } from "react";
import { useRecords, useWorkspace } from "../context";
import { openItems, type SuggestedItem } from "./items";

/** What of the suggestions nobody has decided on yet. */
export function useOpenSuggestions(): readonly SuggestedItem[] {
  const { store, suggested } = useWorkspace();
  const records = useRecords(store);
  return useMemo(() => openItems(records, suggested.items), [records, suggested.items]);
}
