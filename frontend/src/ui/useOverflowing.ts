import { useLayoutEffect, useRef, useState } from "react";

/**
 * Whether an element is narrower than what it holds. Someone must be able to scroll it by keyboard then,
 * while a frame that shows everything is no stop on the way.
 */
export function useOverflowing<Kind extends HTMLElement>() {
  const frame = useRef<Kind>(null);
  const [isOverflowing, setOverflowing] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => setOverflowing(element.scrollWidth > element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  });
  return [frame, isOverflowing] as const;
}
