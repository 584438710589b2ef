import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { AppLink, duration, plural } from "@/ui";
import { meterQuery } from "@/work/protection/queries";
import type { Meter } from "@/work/protection/shapes";
import { shareOf, spentWords, tightest } from "@/work/protection/words";
import classes from "./DaySoFar.module.css";

const midnight = (now: Date): string => new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();

/** What the person has done today, how long they have been at it, what they uncovered, and the breaks they took. */
export function DaySoFar() {
  const day = useQuery({
    queryKey: ["day"],
    queryFn: () => taken(api.GET("/api/me/day/", { params: { query: { since: midnight(new Date()) } } })),
    refetchInterval: 60_000,
  });
  const meter = useQuery(meterQuery);
  if (day.data === undefined) return null;
  const { answers, active_ms, stretch_ms, breaks, break_ms } = day.data;
  return (
    <dl className={classes.day} aria-label="Your day so far">
      <Fact name="Sent today" value={plural(answers, "answer")} />
      <Fact name="At work on them" value={duration(active_ms)} />
      <Fact name="Since your last break" value={stretch_ms === 0 ? "Nothing yet" : duration(stretch_ms)} />
      {meter.data !== undefined && <Seen meter={meter.data} />}
      <Fact name="Breaks" value={breaks === 0 ? "None yet" : `${breaks}, ${duration(break_ms)}`} />
    </dl>
  );
}

/** How much was uncovered today, and how much of the nearest limit that is. */
function Seen({ meter: { seconds_day: seconds, items_day: items, budgets } }: { meter: Meter }) {
  const nearest = tightest(budgets);
  return (
    <div>
      <dt>
        <AppLink to="/exposure">Uncovered today</AppLink>
      </dt>
      <dd>{items === 0 ? "Nothing yet" : `${duration(seconds * 1000)} in ${plural(items, "post")}`}</dd>
      {nearest !== undefined && (
        <dd className={classes.limit}>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${shareOf(nearest) * 100}%` }} />
          </span>
          {spentWords(nearest)}
        </dd>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
