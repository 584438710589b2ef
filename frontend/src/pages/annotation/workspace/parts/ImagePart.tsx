import { useRef } from "react";
import { DrawingLayer } from "../canvas/DrawingLayer";
import { MovedPicture } from "../canvas/MovedPicture";
import { useFittedSize } from "../canvas/useFittedSize";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import { Covered } from "./Covered";
import { NotReady } from "./NotReady";
import { PartFrame } from "./PartFrame";
import classes from "./media.module.css";

export function ImagePart({ part, heightMax }: { part: PostPart & { asset: MediaAsset }; heightMax: number }) {
  const { asset } = part;
  const size = asset.width === null || asset.height === null ? null : { width: asset.width, height: asset.height };
  return (
    <PartFrame part={part}>
      {asset.state !== "ready" || size === null ? (
        <NotReady asset={asset} />
      ) : (
        <Picture part={part} picture={size} heightMax={heightMax} />
      )}
    </PartFrame>
  );
}

function Picture({
  part,
  picture,
  heightMax,
}: {
  part: PostPart & { asset: MediaAsset };
  picture: { width: number; height: number };
  heightMax: number;
}) {
  const { modes, seeing } = useWorkspace();
  const frame = useRef<HTMLDivElement>(null);
  const size = useFittedSize(frame, picture, heightMax, seeing.size);
  const { urls } = part.asset;
  const show = (source: string | undefined) => (
    <MovedPicture partId={part.id} picture={picture}>
      {source !== undefined && <img src={source} alt="" draggable={false} />}
    </MovedPicture>
  );
  return (
    <div ref={frame} className={classes.frame}>
      <Covered
        partId={part.id}
        name={part.label}
        width={size.width}
        height={size.height}
        cover={show(urls["cover"])}
        full={modes.has(part.id) ? show(urls["display"] ?? urls["thumbnail"]) : null}
        overlay={
          <DrawingLayer
            surface={{ partId: part.id, assetSha256: part.asset.sha256, size: picture, frame: null, ptsUs: null }}
            width={size.width}
            height={size.height}
            label={part.label}
          />
        }
      />
    </div>
  );
}
