import { count } from "@/ui";
import type { Colouring, Group } from "./colouring";
import classes from "./Legend.module.css";

/** What the marks mean, by shape, size and colour, and how many posts have each. */
export function Legend({ colouring, title, note }: { colouring: Colouring; title: string; note: string | undefined }) {
  return (
    <div className={classes.legend}>
      <ul className={classes.groups} aria-label={`Legend: ${title}`}>
        {colouring.groups.map((group) => (
          <li key={group.label}>
            <Mark group={group} />
            {group.label}
            <span className={classes.posts}>{count(group.posts)}</span>
          </li>
        ))}
        <li>
          <svg width="18" height="18" aria-hidden>
            <circle cx="9" cy="9" r="6" fill="none" stroke="var(--ink)" strokeWidth="1.6" />
          </svg>
          Chosen here
        </li>
      </ul>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </div>
  );
}

function Mark({ group: { shape, colour, size } }: { group: Group }) {
  const r = 4.6 * size;
  const paint = { fill: `var(${colour})` };
  const line = { fill: "none", stroke: `var(${colour})` };
  return (
    <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden>
      {shape === "disc" && <circle r={r} {...paint} />}
      {shape === "square" && <rect x={-r * 0.9} y={-r * 0.9} width={r * 1.8} height={r * 1.8} {...paint} />}
      {shape === "triangle" && <path d={`M0 ${-1.15 * r}L${1.05 * r} ${0.8 * r}H${-1.05 * r}Z`} {...paint} />}
      {shape === "diamond" && <path d={`M0 ${-1.2 * r}L${1.05 * r} 0L0 ${1.2 * r}L${-1.05 * r} 0Z`} {...paint} />}
      {shape === "cross" && <path d={`M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`} strokeWidth="2" {...line} />}
      {shape === "ring" && <circle r={r} strokeWidth="1.4" {...line} />}
    </svg>
  );
}
