import type { Piece } from "./words";
import classes from "./Words.module.css";

/** A text with what was taken out of it and what was put in. */
export function Words({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <div className={classes.words} dir="auto">
      {pieces.map((piece, at) => {
        if (piece.operation === "gone") return <del key={at}>{piece.text}</del>;
        if (piece.operation === "new") return <ins key={at}>{piece.text}</ins>;
        return <span key={at}>{piece.text}</span>;
      })}
    </div>
  );
}

/** One of two texts, with what only it says marked; both are marked alike, so that neither looks wrong. */
export function OwnWords({ pieces, own }: { pieces: readonly Piece[]; own: "gone" | "new" }) {
  return (
    <div className={classes.words} dir="auto">
      {pieces.map((piece, at) => {
        if (piece.operation === "same") return <span key={at}>{piece.text}</span>;
        return piece.operation === own ? <mark key={at}>{piece.text}</mark> : null;
      })}
    </div>
  );
}
