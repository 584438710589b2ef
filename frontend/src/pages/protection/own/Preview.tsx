import { useState } from "react";
import { arrivalOf, softFilter } from "@/work/seeing/levels";
import { HoldButton } from "@/work/seeing/HoldButton";
import type { Cover } from "@/work/seeing/shapes";
import classes from "../Protection.module.css";

const WIDTH = 320;
/** As strong as the server's cover picture, of which nothing is loaded here. */
const AS_COVERED = 105;

/** A harmless drawing under a cover, as posts would arrive; it is clear while it is held. */
export function Preview({ cover }: { cover: Cover }) {
  const [isHeld, setHeld] = useState(false);
  const arrival = arrivalOf(cover);
  const blur = arrival === "covered" ? AS_COVERED : cover.blur;
  const filter = isHeld || arrival === "full" ? "none" : softFilter({ blur, grey: cover.grey }, (WIDTH * cover.size) / 100);
  return (
    <div className={classes.preview}>
      <div className={classes.frame} style={{ width: `${cover.size}%` }} role="img" aria-label="A drawing of a house by a lake, as a post would arrive" data-preview={arrival}>
        <svg viewBox="0 0 320 214" style={{ filter }} aria-hidden>
          <rect width="320" height="214" fill="#bfe0ee" />
          <circle cx="262" cy="42" r="22" fill="#f2c14e" />
          <path d="M0 128 70 62l52 52 40-34 76 62 82-40v112H0Z" fill="#6f9a6b" />
          <path d="M0 166h320v48H0Z" fill="#4a8fb0" />
          <path d="M96 112h78v58H96Z" fill="#e9d8b8" />
          <path d="m86 114 49-38 49 38Z" fill="#a8452f" />
          <path d="M124 138h22v32h-22Z" fill="#5d4632" />
          <path d="M104 124h14v14h-14Zm48 0h14v14h-14Z" fill="#7fb2c9" />
          <path d="M214 150h8v24h-8Z" fill="#5d4632" />
          <circle cx="218" cy="138" r="20" fill="#3f7042" />
          <path d="m232 190 44-2-8 12h-30Z" fill="#8c3b2a" />
          <path d="M252 150v38l20-6Z" fill="#fbf6ea" />
        </svg>
      </div>
      <div>
        <HoldButton label="Hold to see it" onPress={() => setHeld(true)} onRelease={() => setHeld(false)}>
          Hold to see it
        </HoldButton>
      </div>
      <p className={classes.note}>
        {arrival === "covered" ? "Nothing of the picture itself is loaded until you ask for it." : arrival === "soft" ? "The picture is loaded when the post opens, and counts as seen." : "The picture stands there when the post opens, and counts as seen."}{" "}
        {cover.text_covered ? "Texts stand behind a line." : "Texts stand there to be read."}
      </p>
    </div>
  );
}
