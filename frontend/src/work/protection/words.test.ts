import { describe, expect, it, test } from "vitest";
import type { Spent } from "./shapes";
import { budgetWords, isAskedAgain, moodName, opensWords, outcomeWords, shareOf, spentWords, supportFor, tightest } from "./words";

const spent = (more: Partial<Spent>): Spent => ({
  per: "day",
  category: "",
  severity_from: 0,
  unit: "items",
  limit: 10,
  from: "you",
  spent: 0,
  opens_at: null,
  ...more,
});
const nameOf = (key: string): string => ({ violence: "Violence" })[key] ?? key;

test("a limit reads as a sentence would say it", () => {
  expect(budgetWords(spent({ limit: 30, category: "violence", severity_from: 3 }), nameOf)).toBe("30 posts of violence, severe or worse, a day");
  expect(budgetWords(spent({ per: "hour", unit: "seconds", limit: 900 }), nameOf)).toBe("15 min in view of any kind, an hour");
  expect(budgetWords(spent({ per: "week", severity_from: 4, limit: 1 }), nameOf)).toBe("1 post of any kind, extreme, a week");
});

test("what is used never reads as more than the limit", () => {
  expect(spentWords(spent({ spent: 12.4 }))).toBe("10 of 10 posts");
  expect(spentWords(spent({ unit: "seconds", spent: 61, limit: 600 }))).toBe("1 min 1 s of 10 min");
  expect(shareOf(spent({ spent: 25 }))).toBe(1);
  expect(shareOf(spent({ limit: 0 }))).toBe(1);
});

test("the limit of which most is used comes first", () => {
  const near = spent({ spent: 8 });
  expect(tightest([spent({ spent: 1 }), near, spent({ spent: 3 })])).toBe(near);
  expect(tightest([])).toBeUndefined();
});

test("when work opens again is said as a time of day, with the day where it is another one", () => {
  const now = new Date(2026, 10, 21, 22, 0);
  expect(opensWords(new Date(2026, 10, 21, 22, 20), now)).toBe("at 22:20");
  expect(opensWords(new Date(2026, 10, 22, 0, 5), now)).toBe("tomorrow at 00:05");
  expect(opensWords(new Date(2026, 10, 23, 9, 0), now)).toBe("on Monday 23 November at 09:00");
});

test("the support card is in a language one reads, or the first there is", () => {
  const card = (locale: string) => ({ locale, title: locale, text: "", contact: "", links: [] });
  const cards = [card("en"), card("pt-BR"), card("de")];
  expect(supportFor(cards, ["pt", "en"])?.locale).toBe("pt-BR");
  expect(supportFor(cards, ["de-AT"])?.locale).toBe("de");
  expect(supportFor(cards, ["ja"])?.locale).toBe("en");
  expect(supportFor([], ["en"])).toBeUndefined();
});

describe("how somebody is", () => {
  const now = new Date("2026-11-21T12:00:00Z");

  it("is asked again after so many days, and the first time at once", () => {
    expect(isAskedAgain(7, undefined, now)).toBe(true);
    expect(isAskedAgain(7, "2026-11-15T12:00:00Z", now)).toBe(false);
    expect(isAskedAgain(7, "2026-11-14T12:00:00Z", now)).toBe(true);
  });

  it("has a name", () => expect(moodName(4)).toBe("Good"));
});

describe("what answers led to", () => {
  it("is told in tens, and not at all below ten", () => {
    expect(outcomeWords({ decided: null, severe: null })).toBeNull();
    expect(outcomeWords({ decided: 20, severe: null })).toBe("At least 20 posts were decided with your answers.");
    expect(outcomeWords({ decided: 1200, severe: 30 })).toBe("At least 1,200 posts were decided with your answers, at least 30 of them severe.");
  });
});
