import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExactFrames } from "@/editor/time/exactFrames";
import { FrameTable } from "@/editor/time/frameTable";
import { SoundDriver } from "../parts/soundDriver";
import { VideoDriver } from "../parts/videoDriver";

/** A player that does what it is told, and only that: nothing moves by itself. */
class Player extends EventTarget {
  currentTime = 0;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 4;
  playbackRate = 1;
  refuses = false;
  private frameCallbacks: ((now: number, metadata: { mediaTime: number }) => void)[] = [];

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new Error("not allowed"));
    this.paused = false;
    this.ended = false;
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  requestVideoFrameCallback(callback: (now: number, metadata: { mediaTime: number }) => void): number {
    this.frameCallbacks.push(callback);
    return this.frameCallbacks.length;
  }

  cancelVideoFrameCallback(): void {
    this.frameCallbacks = [];
  }

  /** The browser presents a frame, by its time in the file. */
  presents(us: number): void {
    const waiting = this.frameCallbacks;
    this.frameCallbacks = [];
    waiting.forEach((callback) => callback(0, { mediaTime: us / 1e6 }));
  }

  runsOut(): void {
    this.ended = true;
    this.pause();
  }
}

// Neither constant nor near 25 a second.
const times = [0, 33_000, 67_000, 100_000, 200_000, 233_000, 500_000];
const table = new FrameTable(times, 533_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a video without a decoder", () => {
  function attached() {
    const player = new Player();
    const driver = new VideoDriver(table);
    const leave = driver.attach(player as unknown as HTMLVideoElement, document.createElement("canvas"));
    return { player, driver, leave };
  }

  it("is sure of a frame only when the player says that it shows it", () => {
    const { player, driver } = attached();
    driver.seek(3);
    expect(driver.snapshot()).toMatchObject({ frame: 3, isSure: false });
    expect(table.frameAt(player.currentTime * 1e6)).toBe(3);
    player.presents(times[2] ?? 0);
    expect(driver.snapshot().isSure).toBe(false);
    player.presents(times[3] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 3, isSure: true });
  });

  it("a time that is no frame's proves nothing, and the player is sent again", () => {
    const { player, driver } = attached();
    driver.seek(4);
    player.presents((times[4] ?? 0) + 5_000);
    expect(driver.snapshot().isSure).toBe(false);
    const first = player.currentTime;
    vi.advanceTimersByTime(450);
    expect(player.currentTime).not.toBe(first);
    player.presents(times[4] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 4, isSure: true });
  });

  it("plays what the player presents, and pausing asks for the last frame by number", () => {
    const { player, driver } = attached();
    driver.play(2);
    expect(player.playbackRate).toBe(2);
    player.presents(times[1] ?? 0);
    player.presents(times[2] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 2, speed: 2, isSure: true });
    driver.pause();
    expect(driver.snapshot()).toMatchObject({ frame: 2, speed: 0 });
    expect(player.paused).toBe(true);
    expect(table.frameAt(player.currentTime * 1e6)).toBe(2);
  });

  it("loops a stretch, and plays one once and stands on its last frame", () => {
    const { player, driver } = attached();
    driver.setLoop(1, 3);
    expect(driver.snapshot().frame).toBe(1);
    driver.play(1);
    player.presents(times[3] ?? 0);
    player.presents(times[4] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 1, speed: 1 });
    driver.endLoop();
    driver.playOnce(2, 4);
    player.presents(times[4] ?? 0);
    player.presents(times[5] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 4, speed: 0, loop: null });
  });

  it("stands on the last frame when it runs out, and begins anew from there", () => {
    const { player, driver } = attached();
    driver.play(1);
    player.presents(times[5] ?? 0);
    player.runsOut();
    expect(driver.snapshot()).toMatchObject({ frame: 6, speed: 0 });
    player.presents(times[6] ?? 0);
    driver.play(1);
    expect(driver.snapshot().frame).toBe(0);
  });

  it("stops when the browser will not have it play, and leaves nothing running", async () => {
    const { player, driver, leave } = attached();
    player.refuses = true;
    driver.play(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(driver.snapshot().speed).toBe(0);
    leave();
    expect(vi.getTimerCount()).toBe(0);
    driver.seek(2);
    expect(player.currentTime).not.toBe(2);
  });

  it("goes backwards by the clock, not by a frame rate, and waits for each frame to be seen", () => {
    const { player, driver } = attached();
    driver.seek(6);
    player.presents(times[6] ?? 0);
    driver.play(-1);
    vi.advanceTimersByTime(100);
    expect(driver.snapshot().frame).toBe(5);
    player.presents(times[5] ?? 0);
    vi.advanceTimersByTime(180); // 500 ms − 280 ms lies in the frame that begins at 200 ms
    expect(driver.snapshot()).toMatchObject({ frame: 4, speed: -1 });
    driver.pause();
    expect(driver.snapshot().speed).toBe(0);
  });
});

describe("a video with a decoder", () => {
  it("paints the frame asked for last, whatever order pictures come in, and goes on without one that fails", async () => {
    const player = new Player();
    const driver = new VideoDriver(table);
    const canvas = document.createElement("canvas");
    vi.spyOn(canvas, "getContext").mockReturnValue(null);
    driver.attach(player as unknown as HTMLVideoElement, canvas);
    const open = new Map<number, { give: (picture: object | null) => void; fail: () => void }>();
    const exact = {
      frame: (frame: number) =>
        new Promise<object | null>((give, reject) => open.set(frame, { give, fail: () => reject(new Error("no decoder")) })),
    };
    driver.decodeWith(exact as unknown as ExactFrames<ImageBitmap>);
    driver.seek(1);
    driver.seek(2);
    open.get(2)?.give({ width: 4, height: 2 });
    await vi.advanceTimersByTimeAsync(0);
    open.get(1)?.give({ width: 4, height: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(driver.snapshot()).toMatchObject({ frame: 2, isSure: true, isPainted: true });
    expect(canvas.dataset["painted"]).toBe("2");
    driver.seek(5);
    open.get(5)?.fail();
    await vi.advanceTimersByTimeAsync(0);
    player.presents(times[5] ?? 0);
    expect(driver.snapshot()).toMatchObject({ frame: 5, isSure: true, isPainted: false });
  });
});

describe("sound", () => {
  function attached() {
    const player = new Player();
    const driver = new SoundDriver(3_000_000);
    const leave = driver.attach(player as unknown as HTMLAudioElement);
    return { player, driver, leave };
  }

  it("keeps its place before there is anything to hear, and takes it there", () => {
    const driver = new SoundDriver(3_000_000);
    driver.seek(9_000_000);
    driver.play();
    expect(driver.snapshot()).toMatchObject({ positionUs: 3_000_000, isPlaying: false });
    driver.seek(1_000_000);
    const player = new Player();
    driver.attach(player as unknown as HTMLAudioElement);
    player.dispatchEvent(new Event("loadedmetadata"));
    expect(player.currentTime).toBe(1);
  });

  it("follows the player, loops a stretch, and ends a stretch played once at its end", () => {
    const { player, driver } = attached();
    driver.setLoop({ startUs: 500_000, endUs: 1_000_000 });
    driver.play();
    expect(player.currentTime).toBe(0.5);
    player.currentTime = 0.8;
    vi.advanceTimersByTime(20);
    expect(driver.snapshot().positionUs).toBeCloseTo(800_000);
    player.currentTime = 1.01;
    vi.advanceTimersByTime(20);
    expect(driver.snapshot().positionUs).toBe(500_000);
    driver.playOnce({ startUs: 0, endUs: 200_000 });
    player.currentTime = 0.25;
    vi.advanceTimersByTime(20);
    expect(driver.snapshot()).toMatchObject({ positionUs: 200_000, isPlaying: false, loop: null });
  });

  it("begins its loop anew when it runs out, stops when refused, and is quiet when it leaves", async () => {
    const { player, driver, leave } = attached();
    driver.setLoop({ startUs: 2_000_000, endUs: 3_500_000 });
    driver.setRate(2);
    driver.play();
    expect(player.playbackRate).toBe(2);
    player.runsOut();
    expect([player.paused, player.currentTime]).toEqual([false, 2]);
    driver.pause();
    player.refuses = true;
    driver.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(driver.snapshot().isPlaying).toBe(false);
    leave();
    vi.advanceTimersByTime(100);
    expect([player.paused, vi.getTimerCount()]).toEqual([true, 0]);
  });
});
