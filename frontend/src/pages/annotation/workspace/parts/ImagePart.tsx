import { useRef } from "react";
import { DrawingLayer } from "../canvas/DrawingLayer";
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
  const { revealed } = useWorkspace();
  const frame = useRef<HTMLDivElement>(null);
  const size = useFittedSize(frame, picture, heightMax);
  const isShown = revealed.has(part.id);
  const { urls } = part.asset;
  const source = isShown ? (urls["display"] ?? urls["thumbnail"]) : (urls["cover"] ?? urls["thumbnail"]);
  return (
    <div ref={frame} className={classes.frame}>
      <Covered
        partId={part.id}
        name={part.label}
        width={size.width}
        height={size.height}
        overlay={
          <DrawingLayer
            surface={{ partId: part.id, assetSha256: part.asset.sha256, size: picture, frame: null, ptsUs: null }}
            width={size.width}
            height={size.height}
            label={part.label}
          />
        }
      >
        {source !== undefined && <img src={source} alt="" draggable={false} />}
      </Covered>
    </div>
  );
}
