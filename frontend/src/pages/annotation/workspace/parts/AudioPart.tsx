import { Button } from "@mantine/core";
import { IconBracketsContain, IconPlayerPauseFilled, IconPlayerPlayFilled, IconVolume, IconVolumeOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { EvidenceData } from "@/editor/records";
import { rangeOfSound } from "@/editor/time/ranges";
import { fasterThan, shuttled, slowerThan } from "@/editor/time/shuttle";
import { timecode } from "@/editor/time/timecode";
import { Kbd } from "@/ui";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import type { Player } from "../player";
import { Control } from "./Control";
import { peaksQuery } from "./mediaFiles";
import { NotReady } from "./NotReady";
import { PartFrame } from "./PartFrame";
import { Timeline } from "./Timeline";
import { Waveform } from "./Waveform";
import classes from "./media.module.css";

type SoundPost = PostPart & { asset: MediaAsset };

const STEP_US = 100_000;

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
  const { revealed, reveal, cover, players, takes, addEvidence, activePartId } = useWorkspace();
  const peaks = useQuery(peaksQuery(part.asset));
  const audio = useRef<HTMLAudioElement>(null);
  const [positionUs, setPosition] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [rangeFrom, setRangeFrom] = useState<number | null>(null);
  const isHeard = revealed.has(part.id);
  const isActive = activePartId === part.id;
  useEffect(() => {
    if (!isHeard) audio.current?.pause();
  }, [isHeard]);
  useEffect(() => {
    if (!isPlaying) return;
    let request = requestAnimationFrame(function follow() {
      setPosition((audio.current?.currentTime ?? 0) * 1e6);
      request = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(request);
  }, [isPlaying]);

  const seek = (us: number): void => {
    const to = Math.min(Math.max(us, 0), durationUs);
    setPosition(to);
    if (audio.current !== null) audio.current.currentTime = to / 1e6;
  };
  const play = (rate: number): void => {
    const element = audio.current;
    if (element === null || rate <= 0) {
      element?.pause();
      return;
    }
    element.playbackRate = rate;
    void element.play().catch(() => setPlaying(false));
  };
  const rate = (): number => audio.current?.playbackRate ?? 1;
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
    toggle: () => play(isPlaying ? 0 : rate()),
    pause: () => play(0),
    step: (by) => seek(positionUs + by * STEP_US),
    shuttle: (key) => (key === "j" ? seek(positionUs - 2_000_000) : play(shuttled(isPlaying ? rate() : 0, key))),
    faster: () => play(fasterThan(rate())),
    slower: () => play(slowerThan(rate())),
    markFrame: () => null,
    rangeStart: () => setRangeFrom(positionUs),
    rangeEnd: endRange,
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
        positionUs={positionUs}
        pendingUs={rangeFrom}
        valueText={timecode(positionUs)}
        onSeek={seek}
        onStep={player.step}
        onRange={(from, to) => takes("time_range") && add(range(from, to))}
      >
        {peaks.data !== undefined && <Waveform peaks={peaks.data} />}
      </Timeline>
      <div className={classes.bar} dir="ltr">
        {isHeard && (
          <audio
            ref={audio}
            src={part.asset.urls["proxy"]}
            preload="auto"
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            onLoadedMetadata={() => seek(positionUs)}
          />
        )}
        {isHeard ? (
          <>
            <Control label={isPlaying ? "Pause" : "Play"} onClick={player.toggle}>
              {isPlaying ? <IconPlayerPauseFilled size={17} aria-hidden /> : <IconPlayerPlayFilled size={17} aria-hidden />}
            </Control>
            <Control label="Mute and put the sound away" onClick={() => cover(part.id)}>
              <IconVolumeOff size={17} aria-hidden />
            </Control>
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconVolume size={15} aria-hidden />}
            rightSection={isActive ? <Kbd keys="h" /> : undefined}
            onClick={() => reveal(part.id)}
          >
            Allow sound
          </Button>
        )}
        <span className={classes.clock}>
          <strong>{timecode(positionUs)}</strong> / {timecode(durationUs)}
        </span>
        <span className={classes.spread} />
        {takes("time_range") && (
          <Control
            label={rangeFrom === null ? "Begin a time range here (I)" : "End the time range here (O)"}
            onClick={() => (rangeFrom === null ? setRangeFrom(positionUs) : add(endRange()))}
            isPressed={rangeFrom !== null}
          >
            <IconBracketsContain size={17} aria-hidden />
          </Control>
        )}
      </div>
    </div>
  );
}
