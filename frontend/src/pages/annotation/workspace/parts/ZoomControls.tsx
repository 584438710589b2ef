import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useKeyHint } from "../keyHints";
import type { Player } from "../player";
import { Control } from "./Control";

/** Closer to the time line, and farther from it. */
export function ZoomControls({ player }: { player: Player }) {
  const hint = useKeyHint();
  return (
    <>
      <Control label={hint("Show more of the time line", "label.timeline-farther")} onClick={() => player.zoom(-1)}>
        <IconZoomOut size={16} aria-hidden />
      </Control>
      <Control label={hint("Show the time line closer", "label.timeline-closer")} onClick={() => player.zoom(1)}>
        <IconZoomIn size={16} aria-hidden />
      </Control>
    </>
  );
}
