import classes from "./SeverityMark.module.css";

const signs = ["none", "low", "medium", "high", "extreme"] as const;

/**
 * How bad, on Concord's scale: filled bars say the level, the word says it again, colour only helps.
 * `rank` counts from 0 (none) to `of`; scales of other lengths are stretched over the same colours.
 */
export function SeverityMark({ rank, of = 4, label }: { rank: number; of?: number; label?: string }) {
  const level = of === 0 ? 0 : Math.round((Math.max(0, Math.min(rank, of)) / of) * 4);
  const word = label ?? signs[level] ?? "none";
  return (
    <span className={classes.mark} data-level={level}>
      <svg width="17" height="13" viewBox="0 0 17 13" aria-hidden>
        {Array.from({ length: Math.max(of, 1) }, (_, at) => {
          const width = 17 / Math.max(of, 1) - 1;
          const height = 4 + ((at + 1) / Math.max(of, 1)) * 9;
          return (
            <rect
              key={at}
              x={at * (width + 1) + 0.5}
              y={12.5 - height + 0.5}
              width={width - 0.5}
              height={height - 0.5}
              rx="0.8"
              fill={at < rank ? "currentColor" : "none"}
              stroke="currentColor"
              strokeWidth={at < rank ? 0 : 0.8}
              opacity={at < rank ? 1 : 0.5}
            />
          );
        })}
      </svg>
      <span>{word}</span>
    </span>
  );
}
