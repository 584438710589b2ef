import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { bytes, MediaCover, Panel, plural, StatusBadge, type View } from "@/ui";
import classes from "./PartView.module.css";
import { type Asset, clock, languageName, type Part, partName, type Post } from "./shapes";
import { Waveform } from "./Waveform";

/** Texts that follow one another, each under its own name. */
export function TextRun({ parts, post }: { parts: readonly Part[]; post: Post }) {
  return (
    <Panel>
      <dl className={classes.texts}>
        {parts.map((part) => {
          const language = part.language === "" ? post.language : part.language;
          return (
            <div key={part.id} className={classes.entry}>
              <dt>
                {partName(part, post.parts)}
                {language !== post.language && ` · ${languageName(language)}`}
              </dt>
              <dd className={classes.text} dir="auto" lang={language === "" ? undefined : language}>
                {part.text}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

/** One piece of media of a post. It is covered, and its full form is loaded only when somebody asks to see it. */
export function MediaPart({ part, asset, post, revealKey }: { part: Part; asset: Asset; post: Post; revealKey?: string }) {
  const name = partName(part, post.parts);
  return (
    <Panel title={name} note={factsOf(asset)} actions={asset.state === "ready" ? undefined : <StatusBadge state={asset.state} />}>
      <AssetView asset={asset} part={part} post={post} name={name} revealKey={revealKey} />
    </Panel>
  );
}

function AssetView({
  asset,
  part,
  post,
  name,
  revealKey,
}: {
  asset: Asset;
  part: Part;
  post: Post;
  name: string;
  revealKey?: string;
}) {
  const [isAsked, setAsked] = useState(false);
  const log = useMutation({
    mutationFn: (view: View) =>
      api.POST("/api/projects/{project_id}/views/", {
        params: { path: { project_id: post.project_id } },
        body: { views: [{ post_id: post.id, part_id: part.id, is_revealed: true, seconds: view.visibleMs / 1000 }] },
      }),
  });
  if (asset.state === "pending") return <p className={classes.waiting}>A worker is preparing this file. It appears here by itself.</p>;
  if (asset.state === "refused") return <p className={classes.refused}>{asset.refusal}</p>;
  return (
    <MediaCover
      label={name.toLowerCase()}
      {...(revealKey === undefined ? {} : { revealKey })}
      onReveal={() => setAsked(true)}
      onCover={(view) => log.mutate(view)}
    >
      <Media asset={asset} name={name} isAsked={isAsked} />
    </MediaCover>
  );
}

/** Until somebody asks, only the cover is there: a few blurred pixels. */
function Media({ asset, name, isAsked }: { asset: Asset; name: string; isAsked: boolean }) {
  const { urls } = asset;
  if (asset.kind === "audio") {
    return (
      <div className={classes.sound}>
        {urls.peaks !== null && <Waveform url={urls.peaks} label={`Outline of ${name.toLowerCase()}`} />}
        {isAsked && urls.proxy !== null && <audio className={classes.player} src={urls.proxy} controls preload="metadata" />}
      </div>
    );
  }
  const shape = { aspectRatio: `${asset.width ?? 4} / ${asset.height ?? 3}` };
  if (!isAsked) return <img className={classes.picture} style={shape} src={urls.cover ?? undefined} alt="" />;
  if (asset.kind === "video") {
    return <video className={classes.picture} style={shape} src={urls.proxy ?? undefined} poster={urls.poster ?? undefined} controls preload="metadata" />;
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
