import { useMemo } from "react";
import type { Records } from "@/editor/records";
import { shapesOn } from "@/editor/tools/place";
import type { Surface } from "@/editor/tools/tool";
import { decimal } from "@/ui/numbers";
import type { Suggestible } from "../canvas/painting/scene";
import type { Workspace } from "../context";
import { drawnId, drawnOf, openItems } from "./items";

const none: readonly Suggestible[] = [];

/** The suggested marks still to be decided on, as they lie on a picture. Hidden with all marks. */
export function useSuggestedOn({ suggested, drawing }: Workspace, records: Records, surface: Surface): readonly Suggestible[] {
  const open = useMemo(() => openItems(records, suggested.items), [records, suggested.items]);
  if (open.length === 0 || drawing.isAllHidden) return none;
  const said = new Map(open.map((one) => [drawnId(one.item), one]));
  return shapesOn(drawnOf(open), surface).map((placed) => {
    const one = said.get(placed.record.id);
    const words = one?.confidence === null || one === undefined ? "?" : decimal(one.confidence);
    return { ...placed, item: one?.item ?? "", words, isCurrent: one !== undefined && one.item === suggested.current };
  });
}
