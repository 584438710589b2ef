import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clipOf, freshLens, LENS_LARGEST, LENS_SMALLEST, lensAt, lensGrown, lensMoved } from "../lens";
import { arrivalOf, blurShare, coverFilter, softFilter } from "../levels";
import { LookLog, type ToldLook } from "../lookLog";
import { TimeLeft } from "../timeLeft";
import { builtInCover, type Closed } from "../shapes";

describe("levels", () => {
  test("rise without a gap, from nothing to what hides everything", () => {
    const shares = Array.from({ length: 101 }, (_, level) => blurShare(level));
    expect(shares[0]).toBe(0);
    expect(shares[100]).toBeCloseTo(0.08);
    expect(shares.every((share, at) => at === 0 || share > (shares[at - 1] ?? 0))).toBe(true);
  });

  test("put no second blur over the server's cover picture", () => {
    expect(coverFilter({ blur: 100, grey: true }, 800)).toBe("grayscale(1)");
    expect(coverFilter({ blur: 10, grey: false }, 800)).toBe("none");
    expect(softFilter({ blur: 100, grey: true }, 800)).toBe("grayscale(1) blur(64px)");
    expect(softFilter({ blur: 0, grey: false }, 800)).toBe("none");
  });

  test("say how a post arrives", () => {
    expect(arrivalOf(builtInCover)).toBe("covered");
    expect(arrivalOf({ ...builtInCover, covered: false })).toBe("soft");
    expect(arrivalOf({ ...builtInCover, covered: false, blur: 0, grey: false })).toBe("full");
  });
});

describe("the lens", () => {
  const frame = { width: 400, height: 200 };

  test("moves by pixels and never leaves the picture", () => {
    expect(lensMoved(freshLens, { x: 40, y: -20 }, frame)).toMatchObject({ x: 0.6, y: 0.4 });
    expect(lensMoved(freshLens, { x: 4000, y: -4000 }, frame)).toMatchObject({ x: 1, y: 0 });
    expect(lensAt(freshLens, { x: 100, y: 300 }, frame)).toMatchObject({ x: 0.25, y: 1 });
  });

  test("grows and shrinks between its bounds", () => {
    let lens = freshLens;
    for (let step = 0; step < 30; step += 1) lens = lensGrown(lens, 1);
    expect(lens.radius).toBe(LENS_LARGEST);
    for (let step = 0; step < 40; step += 1) lens = lensGrown(lens, -1);
    expect(lens.radius).toBe(LENS_SMALLEST);
  });

  test("cuts a circle or a square out of a layer", () => {
    expect(clipOf({ ...freshLens, x: 0.25 })).toBe("circle(80px at 25% 50%)");
    expect(clipOf({ ...freshLens, shape: "square" })).toMatch(/^polygon\(calc\(50% \+ -80px\) calc\(50% \+ -80px\), /);
  });
});

describe("what is told of looks", () => {
  const open = vi.fn(() => Promise.resolve({ id: "look", beat_seconds: 10, seconds_left: null as number | null }));
  const beat = vi.fn(() => Promise.resolve<ToldLook>({ closed: null, seconds_left: null }));
  const onLost = vi.fn();
  const onClosed = vi.fn();
  const onLeft = vi.fn();
  const onUsedUp = vi.fn();
  let log: LookLog;
  beforeEach(() => {
    vi.useFakeTimers();
    log = new LookLog({ open, beat }, onLost, onClosed, onLeft, onUsedUp);
  });
  afterEach(() => {
    log.close();
    vi.useRealTimers();
    vi.clearAllMocks();
    setVisibility("visible");
  });

  function setVisibility(state: DocumentVisibilityState): void {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }

  test("is the whole time in view, every few seconds and at the end", async () => {
    await log.open("a", "full");
    await vi.advanceTimersByTimeAsync(20_500);
    log.end("a");
    expect(beat.mock.calls).toEqual([
      ["look", 10, false],
      ["look", 20, false],
      ["look", 20.5, true],
    ]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(beat).toHaveBeenCalledTimes(3);
  });

  test("ends while the tab is out of sight and begins anew when it is back", async () => {
    await log.open("a", "full");
    await vi.advanceTimersByTimeAsync(3000);
    setVisibility("hidden");
    expect(beat).toHaveBeenCalledExactlyOnceWith("look", 3, true);
    setVisibility("visible");
    expect(open).toHaveBeenCalledTimes(2);
  });

  test("names a part that may not be seen again", async () => {
    await log.open("a", "full");
    setVisibility("hidden");
    open.mockRejectedValueOnce(new Error("closed"));
    setVisibility("visible");
    await vi.advanceTimersByTimeAsync(0);
    expect(onLost).toHaveBeenCalledExactlyOnceWith("a", expect.any(Error));
  });

  test("says when a limit was reached meanwhile", async () => {
    const closed: Closed = { why: "budget", until: "2026-11-22T08:00:00Z", seconds_left: 60, may_end: false, says: "Enough." };
    await log.open("a", "full");
    beat.mockResolvedValueOnce({ closed, seconds_left: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onClosed).toHaveBeenCalledExactlyOnceWith(closed);
  });

  test("with little left asks the server when that is used up, and goes on while there is more", async () => {
    open.mockResolvedValueOnce({ id: "look", beat_seconds: 10, seconds_left: 6 });
    await log.open("a", "full");
    expect(onLeft).toHaveBeenLastCalledWith(6);
    beat.mockResolvedValueOnce({ closed: null, seconds_left: 2 });
    await vi.advanceTimersByTimeAsync(6000);
    expect(onUsedUp).not.toHaveBeenCalled();
    expect(onLeft).toHaveBeenLastCalledWith(2);
    beat.mockResolvedValueOnce({ closed: null, seconds_left: 0 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(beat.mock.calls).toEqual([
      ["look", 6, false],
      ["look", 8, false],
    ]);
    expect(onUsedUp).toHaveBeenCalledOnce();
  });

  test("ends where nobody can say that there is more", async () => {
    open.mockResolvedValueOnce({ id: "look", beat_seconds: 10, seconds_left: 6 });
    await log.open("a", "full");
    beat.mockRejectedValueOnce(new Error("offline"));
    await vi.advanceTimersByTimeAsync(6000);
    expect(onUsedUp).toHaveBeenCalledOnce();
  });

  test("uses up what is left as often as there is something in view", async () => {
    open.mockResolvedValue({ id: "look", beat_seconds: 10, seconds_left: 20 });
    await log.open("a", "full");
    await log.open("b", "full");
    expect(onLeft).toHaveBeenLastCalledWith(10);
    log.end("a");
    log.end("b");
    expect(onLeft).toHaveBeenLastCalledWith(null);
    open.mockResolvedValue({ id: "look", beat_seconds: 10, seconds_left: null });
  });

  test("ends at once when the page is left", async () => {
    await log.open("a", "lens");
    log.close();
    expect(beat).toHaveBeenCalledExactlyOnceWith("look", 0, true);
  });
});

test("what is left is told only when it is not much", () => {
  const left = new TimeLeft();
  const heard = vi.fn();
  left.subscribe(heard);
  left.set(31);
  expect(left.snapshot()).toBeNull();
  left.set(30);
  expect(left.snapshot()).not.toBeNull();
  left.set(null);
  expect(left.snapshot()).toBeNull();
  expect(heard).toHaveBeenCalledTimes(2);
});
