import type { Exposure, ExposureTotals } from "@/work/protection/shapes";

/** One bar: a day, or the week that begins on it. */
export interface Stretch extends ExposureTotals {
  readonly day: string;
  readonly isWeek: boolean;
}

const DAY_MS = 86_400_000;
/** More bars than this say nothing any more. */
const MOST_BARS = 31;

/** The days from the oldest to the newest, those without anything too; weeks where the days are too many. */
export function stretchesOf(days: Exposure["days"], span: number, today: string): Stretch[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const every = Array.from({ length: span }, (_, at): Stretch => {
    const day = dayBefore(today, span - 1 - at);
    const { seconds = 0, items = 0, severe_items = 0, points = 0 } = known.get(day) ?? {};
    return { day, seconds, items, severe_items, points, isWeek: false };
  });
  if (span <= MOST_BARS) return every;
  const weeks: Stretch[] = [];
  for (const one of every) {
    const last = weeks.at(-1);
    if (last === undefined || isMonday(one.day)) weeks.push({ ...one, isWeek: true });
    else weeks[weeks.length - 1] = added(last, one);
  }
  return weeks;
}

function added(to: Stretch, one: Stretch): Stretch {
  return {
    ...to,
    seconds: to.seconds + one.seconds,
    items: to.items + one.items,
    severe_items: to.severe_items + one.severe_items,
    points: to.points + one.points,
  };
}

function dayBefore(day: string, count: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() - count * DAY_MS).toISOString().slice(0, 10);
}

function isMonday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
}

const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

export function dayWords({ day, isWeek }: Stretch): string {
  const words = shortDay.format(new Date(`${day}T00:00:00Z`));
  return isWeek ? `Week of ${words}` : words;
}
