import { memo } from "react";
import type { FrameTable } from "@/editor/time/frameTable";
import type { TimeView } from "@/editor/time/viewport";
import type { MediaAsset } from "../../bundle";
import classes from "./timeline.module.css";

const HEIGHT = 38;

/** Small pictures of the video along the time line, of the frames nearest to where they stand. */
export const FilmStrip = memo(function FilmStrip({
  asset,
  table,
  view,
  width,
}: {
  asset: MediaAsset;
  table: FrameTable;
  view: TimeView;
  width: number;
}) {
  const strip = asset.film_strip;
  const url = asset.urls["film_strip"];
  if (strip === null || url === undefined || width === 0) return null;
  const tileWidth = Math.max(Math.round((HEIGHT * strip.tile_width) / strip.tile_height), 12);
  const count = Math.ceil(width / tileWidth);
  const rows = Math.ceil(strip.frames.length / strip.columns);
  const origin = table.ptsOf(0);
  return (
    <div className={classes.strip} aria-hidden>
      {Array.from({ length: count }, (_, index) => {
        const us = view.startUs + ((index + 0.5) * tileWidth * (view.endUs - view.startUs)) / width;
        const tile = nearest(strip.frames, table.frameAt(origin + us));
        return (
          <div
            key={index}
            className={classes.tile}
            style={{
              width: tileWidth,
              backgroundImage: `url("${url}")`,
              backgroundSize: `${strip.columns * tileWidth}px ${rows * HEIGHT}px`,
              backgroundPosition: `-${(tile % strip.columns) * tileWidth}px -${Math.floor(tile / strip.columns) * HEIGHT}px`,
            }}
          />
        );
      })}
    </div>
  );
});

/** Which of the rising frames is nearest. */
function nearest(frames: readonly number[], frame: number): number {
  const after = frames.findIndex((candidate) => candidate >= frame);
  if (after < 0) return frames.length - 1;
  const before = after - 1;
  return before >= 0 && frame - (frames[before] ?? 0) < (frames[after] ?? 0) - frame ? before : after;
}
