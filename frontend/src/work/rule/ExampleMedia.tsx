import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { MediaCover } from "@/ui";
import { HoldButton } from "@/work/seeing/HoldButton";
import { coverFilter, softFilter } from "@/work/seeing/levels";
import { builtInCover } from "@/work/seeing/shapes";
import { useSights } from "@/work/seeing/useSights";
import classes from "./ExampleMedia.module.css";

type Shown = components["schemas"]["ExampleAssetOutput"];

/** About as wide as an example's picture stands on the page: what its blur is measured by. */
const usualWidth = 320;

export const exampleMediaQuery = (releaseId: string) => ({
  queryKey: ["release", releaseId, "media"],
  queryFn: () => taken(api.GET("/api/releases/{release_id}/media/", { params: { path: { release_id: releaseId } } })),
  staleTime: 60_000,
});

/** What an example shows: covered until somebody asks, every look told to the server first, as everywhere. */
export function ExampleMedia({
  projectId,
  releaseId,
  media,
  label,
}: {
  projectId: string;
  releaseId: string;
  media: readonly { readonly asset_id: string; readonly note: string }[];
  /** What it belongs to, for the buttons: "example 2". */
  label: string;
}) {
  const { data, isPending } = useQuery({ ...exampleMediaQuery(releaseId), enabled: media.length > 0 });
  if (media.length === 0) return null;
  return (
    <div className={classes.list}>
      {media.map((one, at) => {
        const found = data?.find((candidate) => candidate.asset.id === one.asset_id);
        const name = media.length === 1 ? `the file of ${label}` : `file ${at + 1} of ${label}`;
        return (
          <figure key={one.asset_id} className={classes.figure}>
            {found === undefined ? (
              <p className={classes.missing}>{isPending ? "" : "This file is not there any more."}</p>
            ) : (
              <CoveredAsset projectId={projectId} shown={found} name={name} note={one.note} />
            )}
            {one.note !== "" && <figcaption className={classes.note}>{one.note}</figcaption>}
          </figure>
        );
      })}
    </div>
  );
}

function CoveredAsset({ projectId, shown, name, note }: { projectId: string; shown: Shown; name: string; note: string }) {
  const { part_id: partId, post_id: postId, asset } = shown;
  const { seeing, modes, sights } = useSights(
    { projectId, postId, leaseId: null, purpose: "browse", media: [partId], isTimed: false },
    builtInCover,
  );
  const mode = modes.get(partId);
  const isClear = mode === "full" || mode === "hold";
  if (asset.state !== "ready") return <p className={classes.missing}>A worker is preparing this file.</p>;
  return (
    <MediaCover
      label={name}
      isCovered={!isClear}
      filter={mode === undefined ? coverFilter(seeing, usualWidth) : softFilter(seeing, usualWidth)}
      ways={
        (!isClear || mode === "hold") &&
        asset.kind !== "audio" && (
          <HoldButton label={`Hold to look at ${name}`} onPress={() => sights.press(partId, "hold")} onRelease={() => sights.release(Infinity)}>
            Hold
          </HoldButton>
        )
      }
      onPress={() => sights.press(partId)}
      onRelease={(heldMs) => sights.release(heldMs)}
      onReveal={() => sights.reveal(partId)}
      onCover={() => sights.rest(partId)}
    >
      <Asset asset={asset} isAsked={mode !== undefined} note={note} />
    </MediaCover>
  );
}

function Asset({ asset, isAsked, note }: { asset: Shown["asset"]; isAsked: boolean; note: string }) {
  const { urls } = asset;
  if (asset.kind === "audio") {
    return <div className={classes.sound}>{isAsked && urls.proxy !== null && <audio src={urls.proxy} controls preload="metadata" />}</div>;
  }
  const shape = { aspectRatio: `${asset.width ?? 4} / ${asset.height ?? 3}` };
  if (!isAsked) return <img className={classes.picture} style={shape} src={urls.cover ?? undefined} alt="" />;
  if (asset.kind === "video") {
    return <video className={classes.picture} style={shape} src={urls.proxy ?? undefined} poster={urls.poster ?? undefined} controls preload="metadata" />;
  }
  return <img className={classes.picture} style={shape} src={urls.display ?? undefined} alt={note} />;
}
