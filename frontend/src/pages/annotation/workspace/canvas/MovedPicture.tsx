import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import type { Size } from "@/editor/geometry";
import { REST_MS } from "@/editor/view";
import { useWorkspace } from "../context";
import classes from "./MovedPicture.module.css";

/** A picture (or video) where its window shows it; the marks over it are drawn by the same view. */
export function MovedPicture({ partId, picture, children }: { partId: string; picture: Size; children: ReactNode }) {
  const { views } = useWorkspace();
  const view = views.of(partId);
  const { scale, x, y } = useSyncExternalStore(view.subscribe, view.snapshot);
  const { fitScale } = view;
  const isMoving = useIsMoving(`${x} ${y} ${scale}`);
  return (
    <div
      className={classes.moved}
      data-close={scale >= 4 || undefined}
      data-moving={isMoving || undefined}
      style={{
        width: picture.width * fitScale,
        height: picture.height * fitScale,
        transform: `translate(${x}px, ${y}px) scale(${scale / fitScale})`,
      }}
    >
      {children}
    </div>
  );
}

/** Whether the view changed a moment ago: meanwhile the browser moves the picture it has drawn instead of drawing anew. */
function useIsMoving(place: string): boolean {
  const [rested, setRested] = useState(place);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(place), REST_MS);
    return () => window.clearTimeout(timer);
  }, [place]);
  return rested !== place;
}
