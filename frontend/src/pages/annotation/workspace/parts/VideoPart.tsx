import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { EvidenceData } from "@/editor/records";
import type { FrameTable } from "@/editor/time/frameTable";
import { proxyTable } from "@/editor/time/frameTableFile";
import { rangeOfFrames } from "@/editor/time/ranges";
import { fasterThan, shuttled, slowerThan } from "@/editor/time/shuttle";
import { LoadingState } from "@/ui";
import { DrawingLayer } from "../canvas/DrawingLayer";
import { MovedPicture } from "../canvas/MovedPicture";
import { useFittedSize } from "../canvas/useFittedSize";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import type { Player } from "../player";
import { Covered } from "./Covered";
import { frameTableQuery } from "./mediaFiles";
import { NotReady } from "./NotReady";
import { PartFrame } from "./PartFrame";
import { FilmStrip } from "./timeline/FilmStrip";
import { Timeline } from "./timeline/Timeline";
import { useTimeView } from "./timeline/useTimeView";
import { TrackBar } from "./TrackBar";
import { VideoControls } from "./VideoControls";
import { VideoDriver } from "./videoDriver";
import { VideoScreen } from "./VideoScreen";
import classes from "./media.module.css";

type VideoPost = PostPart & { asset: MediaAsset };

export function VideoPart({ part, heightMax }: { part: VideoPost; heightMax: number }) {
  const { asset } = part;
  const isReady = asset.state === "ready" && asset.width !== null && asset.height !== null;
  const table = useQuery({ ...frameTableQuery(asset), enabled: isReady });
  return (
    <PartFrame part={part}>
      {!isReady || table.isError ? (
        <NotReady asset={asset} />
      ) : table.data === undefined ? (
        <LoadingState label="Loading the video" lines={4} />
      ) : (
        <Film part={part} table={table.data} heightMax={heightMax} />
      )}
    </PartFrame>
  );
}

function Film({ part, table, heightMax }: { part: VideoPost; table: FrameTable; heightMax: number }) {
  const { revealed, modes, seeing, players, takes, addEvidence, isReadOnly } = useWorkspace();
  const { asset } = part;
  const frameElement = useRef<HTMLDivElement>(null);
  const picture = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const size = useFittedSize(frameElement, picture, heightMax, seeing.size);
  const proxy = useMemo(() => proxyTable(table), [table]);
  const driver = useMemo(() => {
    const fresh = new VideoDriver(proxy);
    fresh.setRate(seeing.rate);
    return fresh;
  }, [proxy, seeing.rate]);
  const state = useSyncExternalStore(driver.subscribe, driver.snapshot);
  const { frame, speed, rate, loop } = state;
  const [rangeFrom, setRangeFrom] = useState<number | null>(null);
  const [hasSound, setSound] = useState(!seeing.muted);
  const originUs = table.ptsOf(0);
  const durationUs = table.endOf(table.last) - originUs;
  const positionUs = table.ptsOf(frame) - originUs;
  const zoom = useTimeView(durationUs, positionUs);
  const mode = modes.get(part.id);
  const isShown = mode !== undefined && mode !== "frames";
  useEffect(() => {
    if (!isShown) driver.pause();
    else if (!seeing.paused) driver.play(seeing.rate);
  }, [isShown, driver, seeing]);

  const place = { partId: part.id, assetSha256: asset.sha256 };
  const mark: EvidenceData = { kind: "frame", part_id: part.id, asset_sha256: asset.sha256, frame, pts_us: table.ptsOf(frame) };
  const rangeTo = (end: number): EvidenceData => {
    const range = rangeOfFrames(place, table, rangeFrom ?? end, end);
    setRangeFrom(null);
    return range;
  };
  const addRange = (fromUs: number, toUs: number): void => {
    // The last frame is the one that is over where the stretch ends, not the one that begins there.
    const [start, end] = [originUs + Math.min(fromUs, toUs), originUs + Math.max(fromUs, toUs)];
    addEvidence(rangeOfFrames(place, table, table.frameAt(start), table.frameAt(Math.max(end - 1, start))));
  };
  const framesOf = (span: { startUs: number; endUs: number }) => [table.frameAt(span.startUs), table.frameAt(span.endUs - 1)] as const;
  const player: Player = {
    kind: "video",
    partId: part.id,
    table,
    durationUs,
    place: { frame, us: table.ptsOf(frame) },
    toggle: () => (speed === 0 && isShown ? driver.play(rate) : driver.pause()),
    pause: () => driver.pause(),
    step: (by) => driver.step(by),
    goTo: (us) => driver.seek(table.frameAt(us)),
    shuttle: (key) => isShown && driver.play(shuttled(speed, key)),
    faster: () => driver.setRate(fasterThan(rate)),
    slower: () => driver.setRate(slowerThan(rate)),
    setRate: (next) => driver.setRate(next),
    markFrame: () => mark,
    rangeStart: () => setRangeFrom(frame),
    rangeEnd: () => rangeTo(frame),
    loop: (span) => (span === null ? driver.endLoop() : driver.setLoop(...framesOf(span))),
    isLooping: loop?.isOnce === false,
    playOnce: (span) => isShown && driver.playOnce(...framesOf(span)),
    toggleSound: () => setSound((before) => !before),
    zoom: zoom.zoom,
  };
  useEffect(() => {
    const registry = players.current;
    registry.set(part.id, player);
    return () => void registry.delete(part.id);
  });

  return (
    <div ref={frameElement} className={classes.frame}>
      <Covered
        partId={part.id}
        name={part.label}
        width={size.width}
        height={size.height}
        cover={
          <MovedPicture partId={part.id} picture={picture}>
            {asset.urls["cover"] !== undefined && <img src={asset.urls["cover"]} alt="" draggable={false} />}
          </MovedPicture>
        }
        frames={asset.urls["film_strip"]}
        full={
          isShown ? (
            <MovedPicture partId={part.id} picture={picture}>
              <VideoScreen url={asset.urls["proxy"]} driver={driver} proxy={proxy} isMuted={!hasSound} isPainted={state.isPainted} />
            </MovedPicture>
          ) : null
        }
        overlay={
          <DrawingLayer
            surface={{ ...place, size: picture, frame, ptsUs: table.ptsOf(frame) }}
            width={size.width}
            height={size.height}
            label={`${part.label}, frame ${frame}`}
            onBegin={() => driver.pause()}
          />
        }
      />
      <Timeline
        partId={part.id}
        label={part.label}
        durationUs={durationUs}
        originUs={originUs}
        table={table}
        positionUs={positionUs}
        pendingUs={rangeFrom === null ? null : table.ptsOf(rangeFrom) - originUs}
        loop={loop === null ? null : { startUs: table.ptsOf(loop.from) - originUs, endUs: table.endOf(loop.to) - originUs }}
        zoom={zoom}
        valueText={`Frame ${frame} of ${table.last}`}
        onSeek={(us) => driver.seek(table.frameAt(originUs + us))}
        onStep={(by) => driver.step(by)}
        onRange={takes("time_range") && !isReadOnly ? addRange : undefined}
      >
        {revealed.has(part.id) && asset.film_strip !== null
          ? (view, width) => <FilmStrip asset={asset} table={table} view={view} width={width} />
          : undefined}
      </Timeline>
      <VideoControls
        part={part}
        player={player}
        table={table}
        state={state}
        isShown={isShown}
        hasSound={hasSound}
        isRangeOpen={rangeFrom !== null}
        onMark={() => addEvidence(mark)}
        onRange={() => (rangeFrom === null ? setRangeFrom(frame) : addEvidence(rangeTo(frame)))}
      />
      <TrackBar player={player} />
    </div>
  );
}
