import type { Segment } from "../shapes";
import classes from "./Words.module.css";

export type Side = "both" | "before" | "after";

/** Text with its changed words marked. `before` and `after` show one side of a comparison. */
export function Words({ segments, side = "both" }: { segments: readonly Segment[]; side?: Side }) {
  return (
    <span className={classes.words} dir="auto">
      {segments.map((segment, at) => {
        if (segment.operation === "delete") return side === "after" ? null : <del key={at}>{segment.text}</del>;
        if (segment.operation === "insert") return side === "before" ? null : <ins key={at}>{segment.text}</ins>;
        return <span key={at}>{segment.text}</span>;
      })}
    </span>
  );
}
