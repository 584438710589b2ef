import { describe, expect, it } from "vitest";
import { type Decoded, ExactFrames, FrameNotFoundError } from "../time/exactFrames";

/** A decoder of a film of `count` frames, keyframes every ten; says what it was made to do. */
class Film {
  readonly starts: number[] = [];
  decoded = 0;
  released: string[] = [];
  missing = new Set<number>();
  frames: ExactFrames<string>;

  constructor(
    readonly count: number,
    room = 24,
  ) {
    this.frames = new ExactFrames(this.read, count, room, (picture) => this.released.push(picture));
  }

  read = (from: number): AsyncGenerator<Decoded<string>, void> => {
    this.starts.push(from);
    return this.from(from);
  };

  private async *from(from: number): AsyncGenerator<Decoded<string>, void> {
    for (let frame = from; frame < this.count; frame += 1) {
      await Promise.resolve();
      this.decoded += 1;
      if (!this.missing.has(frame)) yield { frame, picture: `picture ${frame}` };
    }
  }

  /** Wait until the decoder has nothing left to do. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.decoded; ) {
      before = this.decoded;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

describe("exact frames", () => {
  it("are what the decoder says they are", async () => {
    const film = new Film(100);
    for (const frame of [0, 57, 3, 99]) expect(await film.frames.frame(frame)).toBe(`picture ${frame}`);
  });

  it("are there before the next step asks for them, either way", async () => {
    const film = new Film(100);
    await film.frames.frame(50);
    await film.quiet();
    const decoded = film.decoded;
    for (const frame of [51, 52, 53]) await film.frames.frame(frame);
    expect(film.starts).toEqual([50]);
    await film.quiet();
    expect(film.decoded).toBeLessThanOrEqual(decoded + 3);
    await film.frames.frame(49);
    await film.quiet();
    const starts = film.starts.length;
    for (const frame of [48, 47, 46]) expect(await film.frames.frame(frame)).toBe(`picture ${frame}`);
    expect(film.starts.length).toBe(starts);
  });

  it("that nobody waits for any more are not waited for", async () => {
    const film = new Film(1000);
    const first = film.frames.frame(10);
    const second = film.frames.frame(500);
    expect(await first).toBeNull();
    expect(await second).toBe("picture 500");
  });

  it("are let go when there is no more room, those far away first", async () => {
    const film = new Film(300);
    for (let frame = 0; frame < 100; frame += 1) await film.frames.frame(frame);
    await film.quiet();
    expect(film.released.length).toBe(film.decoded - 24);
    expect(film.released).not.toContain("picture 99");
    film.frames.close();
    expect(film.released.length).toBe(film.decoded);
    await expect(film.frames.frame(1)).rejects.toThrow(FrameNotFoundError);
  });

  it("that are not in the film are refused, never replaced by a neighbour", async () => {
    const film = new Film(100);
    film.missing.add(20);
    await expect(film.frames.frame(20)).rejects.toThrow(FrameNotFoundError);
    expect(await film.frames.frame(21)).toBe("picture 21");
  });

  it("that are asked for while another fails are served", async () => {
    const film = new Film(100);
    film.missing.add(20);
    const failing = film.frames.frame(20).then(
      () => "shown",
      () => film.frames.frame(50),
    );
    expect(await failing).toBe("picture 50");
  });
});
