import { useCallback, useMemo, useRef, useState } from "react";
import type { LabelBundle } from "../bundle";
import type { Suggested } from "../context";
import { itemsOf } from "./items";

/** Where answers are looked at, not made. */
export const noSuggestions: Suggested = { items: [], current: null, here: () => null, setCurrent: () => undefined };

export function useSuggested(bundle: LabelBundle): Suggested {
  const [current, show] = useState<string | null>(null);
  // Keys come faster than the page is drawn: each finds where the one before it went.
  const at = useRef<string | null>(null);
  const here = useCallback(() => at.current, []);
  const setCurrent = useCallback((item: string | null) => {
    at.current = item;
    show(item);
  }, []);
  const items = useMemo(() => itemsOf(bundle), [bundle]);
  return useMemo(() => ({ items, current, here, setCurrent }), [items, current, here, setCurrent]);
}
