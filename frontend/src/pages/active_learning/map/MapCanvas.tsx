import { useComputedColorScheme } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Colouring } from "./colouring";
import { type Direction, fitted, hitAt, lassoed, nextTowards, onScreen, panned, type Place, type Places, type Size, type View, zoomed } from "./geometry";
import classes from "./MapCanvas.module.css";
import { draw } from "./marks";

export type Hand = "move" | "lasso";
/** What becomes of the posts chosen before. */
export type Choosing = "replace" | "add" | "take";

/** What buttons and keys beside the map do to it. */
export interface MapHandle {
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
}

const reach = 12;
const dragged = 4;
const edge = 40;
const wheelSpeed = 0.0022;
const directions: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

interface Press {
  readonly from: Place;
  readonly hand: Hand;
  readonly view: View;
  hasMoved: boolean;
}

/** The map itself: drawn on a canvas, moved and zoomed by hand or keys, posts chosen with a lasso. */
export function MapCanvas({
  places,
  colouring,
  chosen,
  focus,
  hand,
  label,
  ref,
  onHover,
  onFocusPost,
  onChoose,
  onToggle,
}: {
  places: Places;
  colouring: Colouring;
  chosen: ReadonlySet<number>;
  focus: number | null;
  hand: Hand;
  label: string;
  ref: Ref<MapHandle>;
  /** The post under the pointer, and where it lies on the canvas. */
  onHover: (post: number | null, at: Place) => void;
  onFocusPost: (post: number | null) => void;
  onChoose: (posts: readonly number[], how: Choosing) => void;
  onToggle: (post: number) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const press = useRef<Press | null>(null);
  const scheme = useComputedColorScheme("light");
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const whole = useMemo(() => fitted(places, size), [places, size]);
  // Until somebody moves it the map fits its frame, whatever size that has.
  const [moved, setMoved] = useState<View | null>(null);
  const view = moved ?? whole;
  const [lasso, setLasso] = useState<readonly Place[]>([]);

  useImperativeHandle(ref, () => ({
    fit: () => setMoved(null),
    zoom: (factor) => setMoved((before) => zoomed(before ?? whole, factor, middleOf(size), whole)),
  }));

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || size.width === 0) return;
    const theme = getComputedStyle(document.documentElement);
    const scene = { places, colouring, view, whole, chosen, focus, lasso };
    const next = requestAnimationFrame(() =>
      draw(context, size, window.devicePixelRatio, scene, (name) => theme.getPropertyValue(name).trim()),
    );
    return () => cancelAnimationFrame(next);
  }, [places, colouring, view, whole, chosen, focus, lasso, size, scheme]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      const turn = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      // A fitted map lets the page scroll.
      if (!event.ctrlKey && !event.metaKey && moved === null) return;
      event.preventDefault();
      const at = placeIn(element, event);
      if (event.ctrlKey || event.metaKey) setMoved((before) => zoomed(before ?? whole, Math.exp(-turn * wheelSpeed), at, whole));
      else setMoved((before) => panned(before ?? whole, -event.deltaX, -turn));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [whole, moved]);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = placeIn(event.currentTarget, event);
    const wanted: Hand = event.button === 1 ? "move" : hand;
    press.current = { from, hand: wanted, view, hasMoved: false };
    if (wanted === "lasso") setLasso([from]);
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const at = placeIn(event.currentTarget, event);
    const held = press.current;
    if (held === null) {
      onHover(hitAt(places, view, at, reach), at);
      return;
    }
    held.hasMoved ||= Math.hypot(at.x - held.from.x, at.y - held.from.y) > dragged;
    if (!held.hasMoved) return;
    onHover(null, at);
    if (held.hand === "move") setMoved(panned(held.view, at.x - held.from.x, at.y - held.from.y));
    else setLasso((before) => [...before, at]);
  }

  function onPointerUp(event: PointerEvent<HTMLDivElement>): void {
    const held = press.current;
    press.current = null;
    const ring = [...lasso, placeIn(event.currentTarget, event)];
    setLasso([]);
    if (held === null) return;
    if (!held.hasMoved) onFocusPost(hitAt(places, view, held.from, reach));
    else if (held.hand === "lasso") onChoose(lassoed(places, view, ring), event.shiftKey ? "add" : event.altKey ? "take" : "replace");
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      const start = focus ?? hitAt(places, view, middleOf(size), Infinity);
      const next = focus === null || start === null ? start : nextTowards(places, start, direction);
      if (next !== null) {
        onFocusPost(next);
        bringIntoSight(next);
      }
    } else if (event.key === " " && focus !== null) {
      event.preventDefault();
      onToggle(focus);
    }
  }

  function bringIntoSight(post: number): void {
    const { x, y } = onScreen(view, places.xs[post] ?? 0, places.ys[post] ?? 0);
    const dx = x < edge ? edge - x : x > size.width - edge ? size.width - edge - x : 0;
    const dy = y < edge ? edge - y : y > size.height - edge ? size.height - edge - y : 0;
    if (dx !== 0 || dy !== 0) setMoved(panned(view, dx, dy));
  }

  return (
    <div
      ref={frame}
      className={classes.frame}
      data-hand={hand}
      role="application"
      aria-roledescription="map"
      aria-label={label}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        press.current = null;
        setLasso([]);
      }}
      onPointerLeave={() => onHover(null, { x: 0, y: 0 })}
      onKeyDown={onKeyDown}
    >
      <canvas
        ref={canvas}
        className={classes.canvas}
        width={Math.round(size.width * window.devicePixelRatio)}
        height={Math.round(size.height * window.devicePixelRatio)}
      />
    </div>
  );
}

function middleOf({ width, height }: Size): Place {
  return { x: width / 2, y: height / 2 };
}

function placeIn(element: HTMLElement, event: { clientX: number; clientY: number }): Place {
  const frame = element.getBoundingClientRect();
  return { x: event.clientX - frame.left, y: event.clientY - frame.top };
}
