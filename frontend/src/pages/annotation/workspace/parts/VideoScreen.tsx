import { useEffect, useRef } from "react";
import type { FrameTable } from "@/editor/time/frameTable";
import type { VideoDriver } from "./videoDriver";
import classes from "./media.module.css";

/** The player, and over it the canvas on which the decoder paints the frame that was asked for. */
export function VideoScreen({
  url,
  driver,
  proxy,
  isMuted,
  isPainted,
}: {
  url: string | undefined;
  driver: VideoDriver;
  proxy: FrameTable;
  isMuted: boolean;
  isPainted: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (video.current === null || canvas.current === null) return;
    return driver.attach(video.current, canvas.current);
  }, [driver]);
  useEffect(() => (url === undefined ? undefined : decodeFor(driver, url, proxy)), [driver, url, proxy]);
  return (
    <>
      <video ref={video} src={url} muted={isMuted} playsInline preload="auto" tabIndex={-1} />
      <canvas ref={canvas} className={classes.exact} data-on={isPainted || undefined} />
    </>
  );
}

/** Fetch the decoder, which no page needs before a video is shown; without one the player shows the frames. */
function decodeFor(driver: VideoDriver, url: string, proxy: FrameTable): () => void {
  let isOver = false;
  let close = (): void => undefined;
  void import("./frameDecoder")
    .then(({ openFilm }) => openFilm(url, proxy))
    .then(
      (film) => {
        if (film === null) return;
        if (isOver) film.close();
        else {
          close = film.close;
          driver.decodeWith(film.frames);
        }
      },
      () => undefined,
    );
  return () => {
    isOver = true;
    close();
  };
}
