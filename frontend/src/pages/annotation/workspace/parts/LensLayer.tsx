import { type ReactNode, useSyncExternalStore } from "react";
import { useShortcuts } from "@/ui";
import { bound } from "@/work/keyTables";
import { clipOf, lensGrown, lensMoved } from "@/work/seeing/lens";
import type { LensDesk } from "@/work/seeing/lensDesk";
import { LENS_SCOPE, lensCommands, type LensSide, lensSides } from "../commands/opened";
import classes from "./Covered.module.css";

const STEP = 24;
const FAR = 96;

/** The full picture where the lens is, and nowhere else. */
export function LensLayer({ desk, children }: { desk: LensDesk; children: ReactNode }) {
  const lens = useSyncExternalStore(desk.subscribe, desk.snapshot);
  return (
    <>
      <div className={classes.media} style={{ clipPath: clipOf(lens) }} data-lens={lens.shape}>
        {children}
      </div>
      <span
        aria-hidden
        className={classes.rim}
        data-shape={lens.shape}
        style={{
          left: `${lens.x * 100}%`,
          top: `${lens.y * 100}%`,
          width: lens.radius * 2,
          height: lens.radius * 2,
        }}
      />
    </>
  );
}

const sides = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
} as const satisfies Record<LensSide, { x: number; y: number }>;

/** The keys of the lens, live while it is there. */
export function LensKeys({
  desk,
  width,
  height,
  onLeave,
}: {
  desk: LensDesk;
  width: number;
  height: number;
  onLeave: () => void;
}) {
  const frame = { width, height };
  const move = (side: LensSide, by: number): void => {
    const way = sides[side];
    desk.set(lensMoved(desk.snapshot(), { x: way.x * by, y: way.y * by }, frame));
  };
  const deeds = {
    ...Object.fromEntries(
      lensSides.flatMap((side) => [
        [`lens.${side}`, () => move(side, STEP)],
        [`lens.far-${side}`, () => move(side, FAR)],
      ]),
    ),
    "lens.larger": () => desk.set(lensGrown(desk.snapshot(), 1)),
    "lens.smaller": () => desk.set(lensGrown(desk.snapshot(), -1)),
    "lens.shape": () => desk.set({ ...desk.snapshot(), shape: desk.snapshot().shape === "circle" ? "square" : "circle" }),
    "lens.leave": onLeave,
  };
  useShortcuts(bound(lensCommands, deeds).map((shortcut) => ({ ...shortcut, scope: LENS_SCOPE })));
  return null;
}
