import { expect, test } from "vitest";
import { type Playable, Together } from "./together";

/** A player that tells what is done to it, as a browser's does. */
class Player extends EventTarget implements Playable {
  paused = true;
  ended = false;
  private at = 0;
  private rate = 1;

  constructor(readonly duration: number) {
    super();
  }

  get currentTime(): number {
    return this.at;
  }

  set currentTime(seconds: number) {
    this.at = seconds;
    this.dispatchEvent(new Event("seeking"));
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(rate: number) {
    this.rate = rate;
    this.dispatchEvent(new Event("ratechange"));
  }

  play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }
}

function pair(): { together: Together; one: Player; other: Player } {
  const [together, one, other] = [new Together(), new Player(10), new Player(6)];
  together.join(one);
  together.join(other);
  return { together, one, other };
}

test("each plays alone until they are to move together", () => {
  const { together, one, other } = pair();
  void one.play();
  expect(other.paused).toBe(true);
  together.toggle();
  one.currentTime = 3;
  one.pause();
  void one.play();
  expect([other.paused, other.currentTime]).toEqual([false, 3]);
});

test("play, pause, place and speed of either are the other's too", () => {
  const { together, one, other } = pair();
  together.toggle();
  void other.play();
  other.currentTime = 2;
  other.playbackRate = 1.5;
  expect([one.paused, one.currentTime, one.playbackRate]).toEqual([false, 2, 1.5]);
  one.pause();
  expect(other.paused).toBe(true);
});

test("the shorter one ends alone, and nothing is sought beyond an end", () => {
  const { together, one, other } = pair();
  together.toggle();
  void one.play();
  other.ended = true;
  other.pause();
  expect(one.paused).toBe(false);
  together.seekBy(8);
  expect([one.currentTime, other.currentTime]).toEqual([8, 6]);
});

test("they begin together where the first is", () => {
  const { together, one, other } = pair();
  one.currentTime = 4;
  together.toggle();
  expect(other.currentTime).toBe(4);
  together.playOrPause();
  expect([one.paused, other.paused]).toEqual([false, false]);
  together.playOrPause();
  expect([one.paused, other.paused]).toEqual([true, true]);
});

test("who left is told nothing, and one alone is no pair", () => {
  const together = new Together();
  const [one, other] = [new Player(10), new Player(10)];
  together.join(one);
  const leave = together.join(other);
  expect(together.snapshot().count).toBe(2);
  together.toggle();
  leave();
  void one.play();
  expect([other.paused, together.snapshot().count]).toEqual([true, 1]);
});
