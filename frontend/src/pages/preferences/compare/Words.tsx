import type { Piece } from "./words";
import classes from "./Words.module.css";

/** Text with its differing words marked; `before` and `after` leave the other side's words out. */
export function Words({ pieces, side = "both" }: { pieces: readonly Piece[]; side?: "both" | "before" | "after" }) {
  return (
    <div className={classes.words} dir="auto">
      {pieces.map((piece, at) => {
        if (piece.operation === "gone") return side === "after" ? null : <del key={at}>{piece.text}</del>;
        if (piece.operation === "new") return side === "before" ? null : <ins key={at}>{piece.text}</ins>;
        return <span key={at}>{piece.text}</span>;
      })}
    </div>
  );
}
