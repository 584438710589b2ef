import { useCallback, useMemo, useState } from "react";
import type { RecordId } from "@/editor/records";
import type { Workspace } from "./context";

/** Which marks are chosen: none, one, or several with the last as the selected one. */
export function useChoice(): Pick<Workspace, "selected" | "select" | "chosen" | "choose"> {
  const [ids, choose] = useState<readonly RecordId[]>([]);
  const select = useCallback((id: RecordId | null) => choose(id === null ? [] : [id]), []);
  return useMemo(() => ({ selected: ids.at(-1) ?? null, select, chosen: new Set(ids), choose }), [ids, select]);
}
