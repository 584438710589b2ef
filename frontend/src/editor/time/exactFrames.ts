/** A decoded picture together with the frame its decoder says it is. */
export interface Decoded<Picture> {
  readonly frame: number;
  readonly picture: Picture;
}

/** Reads frames in their order from one on, until it is told to stop or there are no more. */
export type FrameReader<Picture> = (from: number) => AsyncGenerator<Decoded<Picture>, void>;

interface Waiting<Picture> {
  readonly frame: number;
  readonly resolve: (picture: Picture | null) => void;
  readonly reject: (reason: Error) => void;
}

const AHEAD = 8;
/** How far decoding on is cheaper than starting anew from a keyframe. */
const WORTH_READING = 40;

/** There is no such frame in what is decoded: what was asked for cannot be proven to be on screen. */
export class FrameNotFoundError extends Error {
  constructor(frame: number) {
    super(`Frame ${frame} is not where the frame table has it.`);
    this.name = "FrameNotFoundError";
  }
}

/**
 * Frames by number, decoded when they are asked for and kept for a while: those around, so that the next step either
 * way costs nothing. Each is known by what its decoder said, never by counting.
 */
export class ExactFrames<Picture> {
  private readonly kept = new Map<number, Picture>();
  private waiting: readonly Waiting<Picture>[] = [];
  private reading: AsyncGenerator<Decoded<Picture>, void> | null = null;
  private position = 0;
  private wanted: number | null = null;
  private way: -1 | 1 = 1;
  private isWorking = false;
  private isClosed = false;

  /**
   * `count` frames in all, of which at most `room` are kept. `release` is told of each picture that is let go.
   */
  constructor(
    private readonly read: FrameReader<Picture>,
    private readonly count: number,
    private readonly room: number,
    private readonly release: (picture: Picture) => void = () => undefined,
  ) {}

  /**
   * Null when another frame was asked for before this one was there.
   * Rejects with `FrameNotFoundError`, or with what the decoder failed with.
   */
  frame(frame: number): Promise<Picture | null> {
    if (this.isClosed) return Promise.reject(new FrameNotFoundError(frame));
    if (this.wanted !== null && frame !== this.wanted) this.way = frame < this.wanted ? -1 : 1;
    this.wanted = frame;
    this.settle((waiting) => waiting.frame !== frame, ({ resolve }) => resolve(null));
    const found = this.kept.get(frame);
    const answer =
      found === undefined
        ? new Promise<Picture | null>((resolve, reject) => {
            this.waiting = [...this.waiting, { frame, resolve, reject }];
          })
        : Promise.resolve(found);
    if (!this.isWorking) void this.work();
    return answer;
  }

  close(): void {
    this.isClosed = true;
    void this.stopReading();
    this.settle(() => true, ({ resolve }) => resolve(null));
    this.kept.forEach((picture) => this.release(picture));
    this.kept.clear();
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    // Whoever asks while a failed reader is being stopped is served too.
    for (let goal = this.goal(); goal !== null && !this.isClosed; goal = this.goal()) {
      try {
        await this.readTo(goal);
      } catch (error) {
        this.fail(error instanceof Error ? error : new Error(String(error)));
        await this.stopReading();
      }
    }
    this.isWorking = false;
  }

  /** The frame to decode next: the one asked for, then those that the next steps will ask for. */
  private goal(): number | null {
    if (this.wanted === null) return null;
    for (let step = 0; step <= AHEAD; step += 1) {
      const frame = this.wanted + step * this.way;
      if (frame < 0 || frame >= this.count) return null;
      if (!this.kept.has(frame)) return frame;
    }
    return null;
  }

  private async readTo(goal: number): Promise<void> {
    if (this.reading === null || goal < this.position || goal - this.position > WORTH_READING) {
      await this.stopReading();
      // Backwards, what lies before is decoded on the way anyway: keep it.
      this.position = this.way < 0 ? Math.max(0, goal - Math.floor(this.room / 2) + AHEAD) : goal;
      this.reading = this.read(this.position);
    }
    const asked = this.wanted;
    while (this.position <= goal) {
      const next = await this.reading.next();
      if (this.isClosed) {
        if (next.done !== true) this.release(next.value.picture);
        return;
      }
      if (next.done === true) throw new FrameNotFoundError(goal);
      this.keep(next.value);
      this.position = next.value.frame + 1;
      if (this.position > goal && next.value.frame !== goal && !this.kept.has(goal)) throw new FrameNotFoundError(goal);
      if (this.wanted !== asked) return;
    }
  }

  private keep({ frame, picture }: Decoded<Picture>): void {
    const before = this.kept.get(frame);
    if (before !== undefined) this.release(before);
    this.kept.set(frame, picture);
    this.settle((waiting) => waiting.frame === frame, ({ resolve }) => resolve(picture));
    while (this.kept.size > this.room) this.dropFarthest(frame);
  }

  private dropFarthest(justDecoded: number): void {
    const middle = this.wanted ?? justDecoded;
    let farthest = -1;
    for (const frame of this.kept.keys()) {
      if (frame !== justDecoded && (farthest < 0 || Math.abs(frame - middle) > Math.abs(farthest - middle))) farthest = frame;
    }
    const picture = this.kept.get(farthest);
    if (picture !== undefined) this.release(picture);
    this.kept.delete(farthest);
  }

  private async stopReading(): Promise<void> {
    const reading = this.reading;
    this.reading = null;
    // What stopping fails with was asked for by nobody.
    await reading?.return().catch(() => undefined);
  }

  private fail(reason: Error): void {
    this.wanted = null;
    this.settle(() => true, ({ reject }) => reject(reason));
  }

  private settle(which: (waiting: Waiting<Picture>) => boolean, how: (waiting: Waiting<Picture>) => void): void {
    const settled = this.waiting.filter(which);
    this.waiting = this.waiting.filter((waiting) => !which(waiting));
    settled.forEach(how);
  }
}
