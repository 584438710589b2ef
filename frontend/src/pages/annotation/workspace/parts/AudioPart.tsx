import { Button } from "@mantine/core";
import { IconBracketsContain, IconPlayerPauseFilled, IconPlayerPlayFilled, IconRepeat, IconVolume, IconVolumeOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { EvidenceData } from "@/editor/records";
import { rangeOfSound } from "@/editor/time/ranges";
import { fasterThan, shuttled, slowerThan } from "@/editor/time/shuttle";
import { soundEdges } from "@/editor/time/snapping";
import { timecode } from "@/editor/time/timecode";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import { KeyHere, useKeyHint } from "../keyHints";
import type { Player } from "../player";
import { Control } from "./Control";
import { peaksQuery } from "./mediaFiles";
import { NotReady } from "./NotReady";
import { PartFrame } from "./PartFrame";
import { SoundDriver } from "./soundDriver";
import { SpeedMenu } from "./SpeedMenu";
import { toggleLoop } from "./timedActions";
import { Timeline } from "./timeline/Timeline";
import { useTimeView } from "./timeline/useTimeView";
import { Waveform } from "./timeline/Waveform";
import { ZoomControls } from "./ZoomControls";
import classes from "./media.module.css";

type SoundPost = PostPart & { asset: MediaAsset };

const STEP_US = 100_000;
const BACK_US = 2_000_000;

export function AudioPart({ part }: { part: SoundPost }) {
  return (
    <PartFrame part={part}>
      {part.asset.state !== "ready" || part.asset.duration_us === null ? (
        <NotReady asset={part.asset} />
      ) : (
        <Sound part={part} durationUs={part.asset.duration_us} />
      )}
    </PartFrame>
  );
}

/** Its outline is there at once; its sound is loaded only when the person asks for it. */
function Sound({ part, durationUs }: { part: SoundPost; durationUs: number }) {
  const workspace = useWorkspace();
  const hint = useKeyHint();
  const { revealed, sights, seeing, players, takes, addEvidence, activePartId, isReadOnly } = workspace;
  const { data: outline } = useQuery(peaksQuery(part.asset));
  const driver = useMemo(() => {
    const fresh = new SoundDriver(durationUs);
    fresh.setRate(seeing.rate);
    return fresh;
  }, [durationUs, seeing.rate]);
  const { positionUs, isPlaying, rate, loop } = useSyncExternalStore(driver.subscribe, driver.snapshot);
  const [rangeFrom, setRangeFrom] = useState<number | null>(null);
  const zoom = useTimeView(durationUs, positionUs);
  const edges = useMemo(() => (outline === undefined ? [] : soundEdges(outline)), [outline]);
  const isHeard = revealed.has(part.id);
  const isActive = activePartId === part.id;

  const range = (from: number, to: number): EvidenceData | null =>
    rangeOfSound({ partId: part.id, assetSha256: part.asset.sha256 }, from, to, durationUs);
  const endRange = (): EvidenceData | null => {
    const made = rangeFrom === null ? null : range(rangeFrom, positionUs);
    setRangeFrom(null);
    return made;
  };
  const add = (data: EvidenceData | null): void => {
    if (data !== null) addEvidence(data);
  };
  const player: Player = {
    kind: "audio",
    partId: part.id,
    table: null,
    durationUs,
    place: { frame: null, us: positionUs },
    toggle: () => (isPlaying ? driver.pause() : driver.play()),
    pause: () => driver.pause(),
    step: (by) => driver.seek(positionUs + by * STEP_US),
    goTo: (us) => driver.seek(us),
    shuttle: (key) => {
      if (key === "j") driver.seek(positionUs - BACK_US);
      else if (key === "k") driver.pause();
      else {
        driver.setRate(shuttled(isPlaying ? rate : 0, key));
        driver.play();
      }
    },
    faster: () => driver.setRate(fasterThan(rate)),
    slower: () => driver.setRate(slowerThan(rate)),
    setRate: (next) => driver.setRate(next),
    markFrame: () => null,
    rangeStart: () => setRangeFrom(positionUs),
    rangeEnd: endRange,
    loop: (span) => driver.setLoop(span),
    isLooping: loop?.isOnce === false,
    playOnce: (span) => driver.playOnce(span),
    toggleSound: () => (isHeard ? sights.cover(part.id) : sights.reveal(part.id)),
    zoom: zoom.zoom,
  };
  useEffect(() => {
    const registry = players.current;
    registry.set(part.id, player);
    return () => void registry.delete(part.id);
  });

  return (
    <div className={classes.frame}>
      <Timeline
        partId={part.id}
        label={part.label}
        durationUs={durationUs}
        originUs={0}
        table={null}
        places={edges}
        positionUs={positionUs}
        pendingUs={rangeFrom}
        loop={loop}
        zoom={zoom}
        valueText={timecode(positionUs)}
        onSeek={(us) => driver.seek(us)}
        onStep={player.step}
        onRange={takes("time_range") && !isReadOnly ? (from, to) => add(range(from, to)) : undefined}
      >
        {outline === undefined ? undefined : (view) => <Waveform outline={outline} view={view} />}
      </Timeline>
      <div className={classes.bar} dir="ltr">
        {isHeard && <Source url={part.asset.urls["proxy"]} driver={driver} />}
        {isHeard ? (
          <>
            <Control label={isPlaying ? "Pause" : "Play"} onClick={player.toggle}>
              {isPlaying ? <IconPlayerPauseFilled size={17} aria-hidden /> : <IconPlayerPlayFilled size={17} aria-hidden />}
            </Control>
            <Control label={hint("Loop the selected stretch, or all", "label.loop")} isPressed={player.isLooping} onClick={() => toggleLoop({ workspace, player })}>
              <IconRepeat size={17} aria-hidden />
            </Control>
            <Control label={hint("Mute and put the sound away", "label.sound")} onClick={() => sights.cover(part.id)}>
              <IconVolumeOff size={17} aria-hidden />
            </Control>
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconVolume size={15} aria-hidden />}
            rightSection={<KeyHere command="label.reveal" isActive={isActive} quiet={false} />}
            onClick={() => sights.reveal(part.id)}
          >
            Allow sound
          </Button>
        )}
        <SpeedMenu rate={rate} onRate={player.setRate} />
        <span className={classes.clock} data-position={Math.round(positionUs)}>
          At <strong>{timecode(positionUs)}</strong> of {timecode(durationUs)}
        </span>
        <span className={classes.spread} />
        {takes("time_range") && !isReadOnly && (
          <Control
            label={rangeFrom === null ? hint("Begin a time range here", "label.range-start") : hint("End the time range here", "label.range-end")}
            onClick={() => (rangeFrom === null ? setRangeFrom(positionUs) : add(endRange()))}
            isPressed={rangeFrom !== null}
          >
            <IconBracketsContain size={17} aria-hidden />
          </Control>
        )}
        <ZoomControls player={player} />
      </div>
    </div>
  );
}

/** The sound itself: in the page only while it may be heard. */
function Source({ url, driver }: { url: string | undefined; driver: SoundDriver }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => (audio.current === null ? undefined : driver.attach(audio.current)), [driver]);
  return <audio ref={audio} src={url} preload="auto" />;
}
