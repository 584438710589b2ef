import { expect, test } from "vitest";
import { dayWords, stretchesOf } from "./days";

const seen = (day: string, seconds: number) => ({ day, seconds, items: 1, severe_items: 0, points: 1 });

test("days without anything stand there too, the newest last", () => {
  const stretches = stretchesOf([seen("2026-11-21", 40), seen("2026-11-19", 10)], 3, "2026-11-21");
  expect(stretches.map(({ day, seconds }) => [day, seconds])).toEqual([
    ["2026-11-19", 10],
    ["2026-11-20", 0],
    ["2026-11-21", 40],
  ]);
});

test("many days become weeks that begin on Monday and lose nothing", () => {
  const days = Array.from({ length: 90 }, (_, at) => seen(new Date(Date.UTC(2026, 10, 21 - at)).toISOString().slice(0, 10), 2));
  const weeks = stretchesOf(days, 90, "2026-11-21");
  expect(weeks.length).toBeLessThan(16);
  expect(weeks.reduce((sum, week) => sum + week.seconds, 0)).toBe(180);
  expect(weeks.at(-1)).toMatchObject({ day: "2026-11-16", isWeek: true, items: 6 });
  const last = weeks.at(-1);
  expect(last === undefined ? "" : dayWords(last)).toBe("Week of 16 Nov");
});
