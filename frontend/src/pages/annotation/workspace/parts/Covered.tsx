import { Button } from "@mantine/core";
import { IconEye, IconEyeOff, IconLayoutGrid, IconZoomScan } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { coverFilter, softFilter } from "@/work/seeing/levels";
import { HoldButton } from "@/work/seeing/HoldButton";
import { lensAt } from "@/work/seeing/lens";
import { useWorkspace } from "../context";
import { KeyHere } from "../keyHints";
import classes from "./Covered.module.css";
import { LensKeys, LensLayer } from "./LensLayer";

/**
 * A picture that is covered until the person asks for it: as a whole, while something is held, or through a lens.
 * What lies in `overlay` stays sharp and usable all the while.
 */
export function Covered({
  partId,
  name,
  width,
  height,
  cover,
  full,
  frames,
  overlay,
}: {
  partId: string;
  name: string;
  width: number;
  height: number;
  /** The small cover picture: all there is before the first look. */
  cover: ReactNode;
  /** The picture itself, once it may be loaded; null before. */
  full: ReactNode;
  /** Where small pictures of a video's frames are. */
  frames?: string | undefined;
  overlay?: ReactNode;
}) {
  const { modes, sights, lens, activePartId, seeing } = useWorkspace();
  const frame = useRef<HTMLDivElement>(null);
  const mode = modes.get(partId);
  const isWhole = mode === "full" || mode === "hold";
  const isActive = activePartId === partId;
  const side = Math.max(width, height);
  const follow = (event: { clientX: number; clientY: number }): void => {
    const place = frame.current?.getBoundingClientRect();
    if (mode !== "lens" || place === undefined) return;
    lens.set(lensAt(lens.snapshot(), { x: event.clientX - place.left, y: event.clientY - place.top }, { width, height }));
  };
  return (
    <div
      ref={frame}
      className={classes.cover}
      style={{ width, height }}
      data-covered={!isWhole || undefined}
      data-mode={mode}
      onPointerMoveCapture={follow}
    >
      {mode === "frames" && (
        <div className={classes.media} style={{ filter: "grayscale(1)" }}>
          <img className={classes.sheet} src={frames} alt={`Key frames of ${name}`} draggable={false} />
        </div>
      )}
      {((full === null && mode !== "frames") || mode === "lens") && (
        <div className={classes.media} style={{ filter: coverFilter(seeing, side) }} aria-hidden>
          {cover}
        </div>
      )}
      {full !== null && mode === "lens" && <LensLayer desk={lens}>{full}</LensLayer>}
      {full !== null && mode !== "lens" && (
        <div
          className={classes.media}
          style={isWhole ? undefined : { filter: softFilter(seeing, side) }}
          aria-hidden={!isWhole || undefined}
        >
          {full}
        </div>
      )}
      {overlay}
      {mode === "lens" && isActive && <LensKeys desk={lens} width={width} height={height} onLeave={() => sights.rest(partId)} />}
      <div className={classes.ways} data-quiet={isWhole || undefined}>
        {!isWhole && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconEye size={15} aria-hidden />}
            rightSection={<KeyHere command="label.reveal" isActive={isActive} quiet={false} />}
            onClick={() => sights.reveal(partId)}
          >
            Show {name}
          </Button>
        )}
        {(mode === undefined || mode === "soft" || mode === "hold") && (
          <HoldButton label={`Hold to look at ${name}`} onPress={() => sights.press(partId, "hold")} onRelease={() => sights.release(Infinity)}>
            Hold
          </HoldButton>
        )}
        {mode === undefined && frames !== undefined && (
          <Button variant="default" size="xs" leftSection={<IconLayoutGrid size={15} aria-hidden />} onClick={() => sights.reveal(partId, "frames")}>
            Key frames
          </Button>
        )}
        {(mode === undefined || mode === "soft") && (
          <Button
            variant="default"
            size="xs"
            aria-label={`Lens on ${name}`}
            leftSection={<IconZoomScan size={15} aria-hidden />}
            onClick={() => sights.reveal(partId, "lens")}
          >
            Lens
          </Button>
        )}
      </div>
      {(mode === "full" || mode === "lens" || mode === "frames") && (
        <button type="button" className={classes.again} onClick={() => sights.rest(partId)} aria-label={`Cover ${name}`}>
          <IconEyeOff size={15} aria-hidden />
          Cover
        </button>
      )}
    </div>
  );
}
