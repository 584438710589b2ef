import { fullTime, relativeTime } from "./moments";

/** A moment, said relative to now; the exact time is in the tooltip and in the markup. */
export function Time({ at }: { at: string | null | undefined }) {
  if (at === null || at === undefined) return <span>—</span>;
  const date = new Date(at);
  return (
    <time dateTime={at} title={fullTime(date)}>
      {relativeTime(date)}
    </time>
  );
}
