import { type RefObject, useLayoutEffect, useState } from "react";
import type { Size } from "@/editor/geometry";

/** The largest size with the picture's proportions that fits the element's width and a height, or a share of it; never above 2:1. */
export function useFittedSize(frame: RefObject<HTMLElement | null>, picture: Size, heightMax: number, sizePercent = 100): Size {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // The observer tells the first width too, before anything is painted.
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  const scale = Math.min(width / picture.width, heightMax / picture.height, 2) * (sizePercent / 100);
  return { width: Math.max(Math.round(picture.width * scale), 1), height: Math.max(Math.round(picture.height * scale), 1) };
}
