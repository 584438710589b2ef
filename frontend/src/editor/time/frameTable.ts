/** An asset's own frames: when each is shown, in microseconds. Positions never come from time × frame rate. */
export class FrameTable {
  constructor(
    readonly ptsUs: readonly number[],
    readonly durationUs: number,
  ) {
    if (ptsUs.length === 0) throw new RangeError("A frame table needs at least one frame.");
  }

  get count(): number {
    return this.ptsUs.length;
  }

  get last(): number {
    return this.ptsUs.length - 1;
  }

  ptsOf(frame: number): number {
    const pts = this.ptsUs[this.clamped(frame)];
    if (pts === undefined) throw new RangeError(`There is no frame ${frame}.`);
    return pts;
  }

  /** When the frame leaves the screen: the next one's start, or the end of the video. */
  endOf(frame: number): number {
    const index = this.clamped(frame);
    const next = this.ptsUs[index + 1];
    if (next !== undefined) return next;
    const start = this.ptsOf(index);
    return this.durationUs > start ? this.durationUs : start + this.typicalUs();
  }

  /** The frame on screen at a time: the last that started no later. */
  frameAt(ptsUs: number): number {
    let low = 0;
    let high = this.ptsUs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ptsUs[middle] ?? Infinity) <= ptsUs) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  /** The frame whose start is nearest: what a decoder means by a timestamp rounded to its own clock. */
  frameNearest(ptsUs: number): number {
    const before = this.frameAt(ptsUs);
    const after = this.clamped(before + 1);
    return Math.abs(this.ptsOf(after) - ptsUs) < Math.abs(ptsUs - this.ptsOf(before)) ? after : before;
  }

  /** Where to send a player so that exactly this frame is on screen: the middle of its time, in seconds. */
  seekSeconds(frame: number): number {
    const start = this.ptsOf(frame);
    return (start + (this.endOf(frame) - start) / 2) / 1e6;
  }

  /**
   * Where else to send a player that shows another frame there. Some hold every frame for as long as frames last on
   * average, and show the first that is not over by then: they come to a short frame only near its average end.
   */
  otherSeekSeconds(frame: number, attempt: number): number {
    const start = this.ptsOf(frame);
    const length = this.endOf(frame) - start;
    const before = frame === 0 ? length : start - this.ptsOf(frame - 1);
    const averageEnd = this.typicalUs() - Math.min(before / 2, 4_000);
    const places = [averageEnd, length * 0.35, length * 0.65, length / 2];
    return (start + (places[attempt % places.length] ?? 0)) / 1e6;
  }

  clamped(frame: number): number {
    return Math.min(Math.max(Math.trunc(frame), 0), this.last);
  }

  private typicalUs(): number {
    const first = this.ptsUs[0] ?? 0;
    const last = this.ptsUs[this.last] ?? 0;
    return this.last > 0 ? Math.round((last - first) / this.last) : 40_000;
  }
}
