import { useLayoutEffect, useRef, useState } from "react";
import { LookingTime } from "@/work/seeing/LookingTime";
import { isMedia, type PostPart } from "./bundle";
import { useWorkspace } from "./context";
import { AudioPart } from "./parts/AudioPart";
import { ImagePart } from "./parts/ImagePart";
import { TextPart } from "./parts/TextPart";
import { VideoPart } from "./parts/VideoPart";
import classes from "./Workspace.module.css";

const WIDE = 1080;
/** From moderate harm on. */
const HARMFUL = 2;

/** The parts of the post together: side by side where there is room for media and text, else in their order. */
export function PostColumn() {
  const { bundle, left } = useWorkspace();
  const column = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 600 });
  useLayoutEffect(() => {
    const element = column.current;
    if (element === null) return;
    const measure = (): void => setRoom({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { parts } = bundle.post;
  const pictures = parts.filter((part) => part.kind === "image" || part.kind === "video");
  const words = parts.filter((part) => !pictures.includes(part));
  // Often what is written is enough to decide: then nobody needs to look.
  const { severity, cover } = bundle.protection;
  const inOrder = severity >= HARMFUL && cover.covered && !cover.text_covered ? [...words, ...pictures] : parts;
  const isSplit = room.width >= WIDE && pictures.length > 0 && words.length > 0;
  // Where more stands below, a picture leaves room for it to be seen.
  const isCrowded = pictures.length > 1 || (!isSplit && words.length > 0);
  const heightMax = Math.max(260, (room.height - 130) * (isCrowded ? 0.72 : 1));
  return (
    <div ref={column} className={classes.post} data-split={isSplit || undefined} role="group" aria-label="The post" tabIndex={0}>
      {isSplit ? (
        <>
          <div className={classes.parts}>{pictures.map((part) => render(part, heightMax))}</div>
          <div className={classes.parts}>{words.map((part) => render(part, heightMax))}</div>
        </>
      ) : (
        <div className={classes.parts}>{inOrder.map((part) => render(part, heightMax))}</div>
      )}
      <LookingTime left={left} />
      {parts.length === 0 && <p className={classes.noParts}>This post has no parts. Skip it, and say so.</p>}
    </div>
  );
}

function render(part: PostPart, heightMax: number) {
  if (!isMedia(part)) return <TextPart key={part.id} part={part} />;
  if (part.kind === "video") return <VideoPart key={part.id} part={part} heightMax={heightMax} />;
  if (part.kind === "audio") return <AudioPart key={part.id} part={part} />;
  return <ImagePart key={part.id} part={part} heightMax={heightMax} />;
}
