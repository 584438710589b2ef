import { useCallback, useState } from "react";
import { isWhole, showing, type TimeView, wholeView, zoomed } from "@/editor/time/viewport";

const STEP = 1.6;

export interface TimeZoom {
  readonly view: TimeView;
  readonly isWhole: boolean;
  readonly setView: (view: TimeView) => void;
  /** Closer by steps, farther by negative ones, about where the medium stands; 0 shows all of it. */
  readonly zoom: (steps: number) => void;
}

/** Which stretch of the running time is on the screen; it goes along with the position. */
export function useTimeView(durationUs: number, positionUs: number): TimeZoom {
  const [view, setView] = useState<TimeView>(() => wholeView(durationUs));
  // A person may look elsewhere while it stands; when it moves, the view goes along.
  const [seenUs, setSeen] = useState(positionUs);
  if (seenUs !== positionUs) {
    setSeen(positionUs);
    setView(showing(view, durationUs, positionUs));
  }
  const zoom = useCallback(
    (steps: number) => {
      setView((before) =>
        steps === 0 ? wholeView(durationUs) : zoomed(before, durationUs, STEP ** steps, showingPlace(before, positionUs)),
      );
    },
    [durationUs, positionUs],
  );
  return { view, isWhole: isWhole(view, durationUs), setView, zoom };
}

function showingPlace({ startUs, endUs }: TimeView, us: number): number {
  return us >= startUs && us <= endUs ? us : (startUs + endUs) / 2;
}
