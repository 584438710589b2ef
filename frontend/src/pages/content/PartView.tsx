import type { RefCallback } from "react";
import { bytes, MediaCover, Panel, plural, StatusBadge } from "@/ui";
import { HiddenText } from "@/work/seeing/HiddenText";
import { HoldButton } from "@/work/seeing/HoldButton";
import { coverFilter, softFilter } from "@/work/seeing/levels";
import type { Looking } from "@/work/seeing/useSights";
import classes from "./PartView.module.css";
import { type Asset, clock, languageName, type Part, partName, type Post } from "./shapes";
import { Waveform } from "./Waveform";

/** Texts that follow one another, each under its own name; behind a line where the post is to be seen so. */
export function TextRun({ parts, post, looking }: { parts: readonly Part[]; post: Post; looking: Looking }) {
  const { seeing, modes, sights } = looking;
  return (
    <Panel>
      <dl className={classes.texts}>
        {parts.map((part) => {
          const language = part.language === "" ? post.language : part.language;
          const name = partName(part, post.parts);
          const mode = modes.get(part.id);
          return (
            <div key={part.id} className={classes.entry}>
              <dt>
                {name}
                {language !== post.language && ` · ${languageName(language)}`}
              </dt>
              <dd className={classes.text} dir="auto" lang={language === "" ? undefined : language}>
                {seeing.text_covered && (
                  <HiddenText
                    name={name}
                    text={part.text ?? ""}
                    mode={mode}
                    onShow={() => sights.reveal(part.id)}
                    onHide={() => sights.cover(part.id)}
                    onPress={() => sights.press(part.id, "hold")}
                    onRelease={() => sights.release(Infinity)}
                  />
                )}
                {(!seeing.text_covered || mode !== undefined) && part.text}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

/** One piece of media of a post. It is covered, and its full form is loaded only when somebody asks to see it. */
export function MediaPart({
  part,
  asset,
  post,
  revealKey,
  looking,
}: {
  part: Part;
  asset: Asset;
  post: Post;
  revealKey?: string | undefined;
  looking: Looking;
}) {
  const name = partName(part, post.parts);
  return (
    <Panel title={name} note={factsOf(asset)} actions={asset.state === "ready" ? undefined : <StatusBadge state={asset.state} />}>
      {asset.state === "pending" ? (
        <p className={classes.waiting}>A worker is preparing this file. It appears here by itself.</p>
      ) : asset.state === "refused" ? (
        <p className={classes.refused}>{asset.refusal}</p>
      ) : (
        <CoveredMedia part={part} asset={asset} name={name} revealKey={revealKey} looking={looking} />
      )}
    </Panel>
  );
}

/** About as wide as a picture stands on a page of posts: what its blur is measured by. */
const USUAL_WIDTH = 700;

/** A piece of media in its frame, without a heading: its name is told by the buttons. */
export function CoveredMedia({
  part,
  asset,
  name,
  revealKey,
  looking,
  playerRef,
}: {
  part: Part;
  asset: Asset;
  name: string;
  revealKey: string | undefined;
  looking: Looking;
  /** Takes the player of a video or a sound while it is there. */
  playerRef?: RefCallback<HTMLMediaElement>;
}) {
  const { seeing, modes, sights } = looking;
  const mode = modes.get(part.id);
  const label = name.toLowerCase();
  const isClear = mode === "full" || mode === "hold";
  return (
    <MediaCover
      label={label}
      isCovered={!isClear}
      filter={mode === undefined ? coverFilter(seeing, USUAL_WIDTH) : softFilter(seeing, USUAL_WIDTH)}
      {...(revealKey === undefined ? {} : { revealKey })}
      ways={
        (!isClear || mode === "hold") &&
        asset.kind !== "audio" && (
          <HoldButton label={`Hold to look at ${label}`} onPress={() => sights.press(part.id, "hold")} onRelease={() => sights.release(Infinity)}>
            Hold
          </HoldButton>
        )
      }
      onPress={() => sights.press(part.id)}
      onRelease={(heldMs) => sights.release(heldMs)}
      onReveal={() => sights.reveal(part.id)}
      onCover={() => sights.rest(part.id)}
    >
      <Media asset={asset} name={name} isAsked={mode !== undefined} playerRef={playerRef} />
    </MediaCover>
  );
}

/** Until somebody asks, only the cover is there: a few blurred pixels. */
function Media({
  asset,
  name,
  isAsked,
  playerRef,
}: {
  asset: Asset;
  name: string;
  isAsked: boolean;
  playerRef: RefCallback<HTMLMediaElement> | undefined;
}) {
  const { urls } = asset;
  if (asset.kind === "audio") {
    return (
      <div className={classes.sound}>
        {urls.peaks !== null && <Waveform url={urls.peaks} label={`Outline of ${name.toLowerCase()}`} />}
        {isAsked && urls.proxy !== null && <audio ref={playerRef} className={classes.player} src={urls.proxy} controls preload="metadata" />}
      </div>
    );
  }
  const shape = { aspectRatio: `${asset.width ?? 4} / ${asset.height ?? 3}` };
  if (!isAsked) return <img className={classes.picture} style={shape} src={urls.cover ?? undefined} alt="" />;
  if (asset.kind === "video") {
    return <video ref={playerRef} className={classes.picture} style={shape} src={urls.proxy ?? undefined} poster={urls.poster ?? undefined} controls preload="metadata" />;
  }
  return <img className={classes.picture} style={shape} src={urls.display ?? undefined} alt={name} />;
}

function factsOf(asset: Asset): string {
  const facts = [
    asset.width !== null && asset.height !== null ? `${asset.width} × ${asset.height}` : null,
    asset.duration_us === null ? null : clock(asset.duration_us),
    asset.kind === "video" && asset.frame_count !== null ? plural(asset.frame_count, "frame") : null,
    asset.mime,
    bytes(asset.size_bytes),
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}
