import classes from "./KindList.module.css";

/** Kinds of rows, by the names trainers load them under. */
export function KindList({ kinds }: { kinds: readonly string[] }) {
  return (
    <span className={classes.kinds}>
      {kinds.map((kind) => (
        <code key={kind} className={classes.kind}>
          {kind}
        </code>
      ))}
    </span>
  );
}
