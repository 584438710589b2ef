import { FrameTable } from "./frameTable";

const HEAD_BYTES = 16;

/**
 * Read a frame table as the server stores it (`CFT1`, little-endian): count, the first time, the steps
 * between times; what follows are keyframe marks. Throws on anything else.
 */
export function readFrameTable(buffer: ArrayBuffer, durationUs: number | null): FrameTable {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEAD_BYTES || view.getUint32(0, false) !== 0x43465431) {
    throw new RangeError("These bytes are not a frame table.");
  }
  const count = view.getUint32(4, true);
  if (count === 0 || buffer.byteLength !== HEAD_BYTES + 4 * (count - 1) + Math.ceil(count / 8)) {
    throw new RangeError("The frame table is cut short or too long.");
  }
  let time = Number(view.getBigInt64(8, true));
  const times = [time];
  for (let index = 0; index + 1 < count; index += 1) {
    time += view.getUint32(HEAD_BYTES + 4 * index, true);
    times.push(time);
  }
  return new FrameTable(times, durationUs === null ? time : (times[0] ?? 0) + durationUs);
}

/**
 * When the same frames are shown in the proxy: the server encodes one frame for each original one, in whole
 * milliseconds from the start, two in one millisecond moved apart.
 */
export function proxyTable(original: FrameTable): FrameTable {
  const first = original.ptsOf(0);
  let last = -1;
  const times = original.ptsUs.map((pts) => {
    last = Math.max(last + 1, wholeMilliseconds(pts - first));
    return last * 1000;
  });
  return new FrameTable(times, Math.max(original.durationUs - first, last * 1000));
}

/** Halves go to the even side, as the server rounds: 500.5 is 500. */
function wholeMilliseconds(microseconds: number): number {
  const rounded = Math.round(microseconds / 1000);
  const isHalf = Math.abs(microseconds % 1000) === 500;
  return isHalf && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
