import { expect, test } from "vitest";
import { duration, relativeTime } from "./moments";
import { bytes, count, decimal, percent, plural } from "./numbers";
import { sentenceCase } from "./StatusBadge";

const now = new Date("2026-03-01T12:00:00Z");

test("moments are said relative to now", () => {
  expect(relativeTime(new Date("2026-03-01T11:59:40Z"), now)).toBe("just now");
  expect(relativeTime(new Date("2026-03-01T11:57:00Z"), now)).toBe("3 minutes ago");
  expect(relativeTime(new Date("2026-02-28T12:00:00Z"), now)).toBe("yesterday");
  expect(relativeTime(new Date("2026-03-08T12:00:00Z"), now)).toBe("next week");
});

test("lengths of time use at most two units", () => {
  expect(duration(41_000)).toBe("41 s");
  expect(duration(125_000)).toBe("2 min 5 s");
  expect(duration(7_500_000)).toBe("2 h 5 min");
  expect(duration(7_200_000)).toBe("2 h");
});

test("numbers, shares and sizes read as people write them", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(percent(0.4213)).toBe("42.1 %");
  expect(bytes(999)).toBe("999 B");
  expect(bytes(1536)).toBe("1.5 kB");
  expect(bytes(123_456_789)).toBe("123 MB");
  expect([decimal(-0.021), decimal(-0.001), decimal(0.5, 3)]).toEqual(["−0.02", "0.00", "0.500"]);
  expect(plural(1, "post")).toBe("1 post");
  expect(plural(2, "reply", "replies")).toBe("2 replies");
});

test("words of the API become English", () => {
  expect(sentenceCase("policy_editor")).toBe("Policy editor");
});
