import {
  IconBracketsContain,
  IconFlag,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { EvidenceData } from "@/editor/records";
import type { FrameTable } from "@/editor/time/frameTable";
import { proxyTable } from "@/editor/time/frameTableFile";
import { rangeOfFrames } from "@/editor/time/ranges";
import { fasterThan, shuttled, slowerThan } from "@/editor/time/shuttle";
import { timecode } from "@/editor/time/timecode";
import { LoadingState } from "@/ui";
import { DrawingLayer } from "../canvas/DrawingLayer";
import { useFittedSize } from "../canvas/useFittedSize";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import type { Player } from "../player";
import { Covered } from "./Covered";
import { Control } from "./Control";
import { frameTableQuery } from "./mediaFiles";
import { NotReady } from "./NotReady";
import { PartFrame } from "./PartFrame";
import { Timeline } from "./Timeline";
import { VideoDriver } from "./videoDriver";
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
  const { revealed, players, takes, addEvidence, activePartId } = useWorkspace();
  const { asset } = part;
  const frameElement = useRef<HTMLDivElement>(null);
  const picture = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const size = useFittedSize(frameElement, picture, heightMax);
  const driver = useMemo(() => new VideoDriver(proxyTable(table)), [table]);
  const { frame, isSure, speed } = useSyncExternalStore(driver.subscribe, driver.snapshot);
  const [rangeFrom, setRangeFrom] = useState<number | null>(null);
  const isShown = revealed.has(part.id);
  // Once asked for, the video stays loaded under its cover, so that covering and showing costs no waiting.
  const [isWanted, setWanted] = useState(isShown);
  if (isShown && !isWanted) setWanted(true);
  useEffect(() => {
    if (!isShown) driver.pause();
  }, [isShown, driver]);

  const place = { partId: part.id, assetSha256: asset.sha256 };
  const mark: EvidenceData = {
    kind: "frame",
    part_id: part.id,
    asset_sha256: asset.sha256,
    frame,
    pts_us: table.ptsOf(frame),
  };
  const rangeTo = (end: number): EvidenceData => {
    const range = rangeOfFrames(place, table, rangeFrom ?? end, end);
    setRangeFrom(null);
    return range;
  };
  const player: Player = {
    kind: "video",
    toggle: () => (speed === 0 ? driver.play(1) : driver.pause()),
    pause: () => driver.pause(),
    step: (by) => driver.step(by),
    shuttle: (key) => driver.play(shuttled(speed, key)),
    faster: () => driver.play(fasterThan(Math.max(speed, 0.1))),
    slower: () => driver.play(slowerThan(speed > 0 ? speed : 1)),
    markFrame: () => mark,
    rangeStart: () => setRangeFrom(frame),
    rangeEnd: () => rangeTo(frame),
  };
  useEffect(() => {
    const registry = players.current;
    registry.set(part.id, player);
    return () => void registry.delete(part.id);
  });

  const startUs = table.ptsOf(0);
  const endUs = table.endOf(table.last);
  const isActive = activePartId === part.id;
  return (
    <div ref={frameElement} className={classes.frame}>
      <Covered
        partId={part.id}
        name={part.label}
        width={size.width}
        height={size.height}
        overlay={
          <DrawingLayer
            surface={{
              partId: part.id,
              assetSha256: asset.sha256,
              size: picture,
              frame,
              ptsUs: table.ptsOf(frame),
            }}
            width={size.width}
            height={size.height}
            label={`${part.label}, frame ${frame}`}
            onBegin={() => driver.pause()}
          />
        }
      >
        {isWanted ? (
          <Screen part={part} driver={driver} isMuted={!isShown} />
        ) : (
          asset.urls["cover"] !== undefined && <img src={asset.urls["cover"]} alt="" draggable={false} />
        )}
      </Covered>
      <Timeline
        partId={part.id}
        label={part.label}
        durationUs={endUs - startUs}
        positionUs={table.ptsOf(frame) - startUs}
        pendingUs={rangeFrom === null ? null : table.ptsOf(rangeFrom) - startUs}
        valueText={`Frame ${frame} of ${table.last}`}
        onSeek={(us) => driver.seek(table.frameAt(startUs + us))}
        onStep={(by) => driver.step(by)}
        onRange={(from, to) => {
          if (!takes("time_range")) return;
          addEvidence(rangeOfFrames(place, table, table.frameAt(startUs + from), table.frameAt(startUs + to)));
        }}
      />
      <div className={classes.bar} dir="ltr">
        <Control label="One frame back" onClick={() => driver.step(-1)}>
          <IconPlayerSkipBack size={17} aria-hidden />
        </Control>
        <Control label={speed === 0 ? "Play" : "Pause"} onClick={player.toggle} isDisabled={!isShown}>
          {speed === 0 ? <IconPlayerPlayFilled size={17} aria-hidden /> : <IconPlayerPauseFilled size={17} aria-hidden />}
        </Control>
        <Control label="One frame on" onClick={() => driver.step(1)}>
          <IconPlayerSkipForward size={17} aria-hidden />
        </Control>
        <span className={classes.clock} data-frame={frame} data-sure={isSure || undefined}>
          <strong>{frame}</strong> / {table.last} · {timecode(table.ptsOf(frame) - startUs)}
          {speed !== 0 && speed !== 1 && ` · ×${speed}`}
        </span>
        <span className={classes.spread} />
        {takes("frame") && (
          <Control label={isActive ? "Mark this frame (F)" : "Mark this frame"} onClick={() => addEvidence(mark)}>
            <IconFlag size={17} aria-hidden />
          </Control>
        )}
        {takes("time_range") && (
          <Control
            label={rangeFrom === null ? "Begin a time range here (I)" : "End the time range here (O)"}
            onClick={() => (rangeFrom === null ? setRangeFrom(frame) : addEvidence(rangeTo(frame)))}
            isPressed={rangeFrom !== null}
          >
            <IconBracketsContain size={17} aria-hidden />
          </Control>
        )}
      </div>
    </div>
  );
}

function Screen({ part, driver, isMuted }: { part: VideoPost; driver: VideoDriver; isMuted: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => (video.current === null ? undefined : driver.attach(video.current)), [driver]);
  return <video ref={video} src={part.asset.urls["proxy"]} muted={isMuted} playsInline preload="auto" tabIndex={-1} />;
}
