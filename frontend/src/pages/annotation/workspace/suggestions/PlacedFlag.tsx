import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Size } from "@/editor/geometry";
import type { Shape } from "@/editor/records";
import { boundsOfShape } from "@/editor/shapes";
import type { PictureView } from "@/editor/view";
import { besideShape } from "./beside";
import type { SuggestedItem } from "./items";
import { SuggestionFlag } from "./SuggestionFlag";

/** The bar beside a suggested shape; it goes with the picture as that is zoomed and moved. */
export function FlagOnPicture({ one, shape, view, window }: { one: SuggestedItem; shape: Shape; view: PictureView; window: Size }) {
  const flag = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = (): void => {
      const bar = flag.current;
      if (bar === null) return;
      const at = besideShape(boundsOfShape(shape), view.snapshot(), window, { width: bar.offsetWidth, height: bar.offsetHeight });
      bar.style.visibility = at === null ? "hidden" : "visible";
      if (at !== null) bar.style.transform = `translate(${at.x}px, ${at.y}px)`;
    };
    place();
    return view.subscribe(place);
  });
  return <SuggestionFlag ref={flag} one={one} />;
}

/** From a line of text, in screen pixels. */
const GAP = 5;

/** The bar under the last line of a suggested stretch of text, above its first where there is no room. `text` lies where the bar is placed from. */
export function FlagOnText({ one, text }: { one: SuggestedItem; text: RefObject<HTMLElement | null> }) {
  const flag = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [bar, element] = [flag.current, text.current];
    if (bar === null || element === null) return;
    const place = (): void => {
      const lines = [...element.querySelectorAll("mark[data-current]")].flatMap((word) => [...word.getClientRects()]);
      const [first, last] = [lines[0], lines.at(-1)];
      const origin = element.getBoundingClientRect();
      bar.style.visibility = last === undefined ? "hidden" : "visible";
      if (first === undefined || last === undefined) return;
      const isRoomBelow = last.bottom + GAP + bar.offsetHeight <= globalThis.innerHeight;
      const [beside, top] = isRoomBelow ? [last, last.bottom + GAP] : [first, first.top - GAP - bar.offsetHeight];
      const left = Math.max(0, Math.min(beside.left - origin.left, origin.width - bar.offsetWidth));
      bar.style.transform = `translate(${Math.round(left)}px, ${Math.round(top - origin.top)}px)`;
    };
    // The observer tells the first size too.
    const observer = new ResizeObserver(place);
    observer.observe(element);
    place();
    return () => observer.disconnect();
  });
  return <SuggestionFlag ref={flag} one={one} />;
}
