/**
 * Run lengths as COCO writes them: how many pixels are out, in, out, … going down the columns from the left.
 * Packed, every run is told by its difference from the run before the last, in groups of five bits.
 */

export function packRuns(runs: readonly number[]): string {
  let packed = "";
  runs.forEach((run, index) => {
    let rest = index > 2 ? run - (runs[index - 2] ?? 0) : run;
    let isMore = true;
    while (isMore) {
      let group = rest & 0x1f;
      rest >>= 5;
      isMore = (group & 0x10) === 0 ? rest !== 0 : rest !== -1;
      if (isMore) group |= 0x20;
      packed += String.fromCharCode(group + 48);
    }
  });
  return packed;
}

/** Throws on text that is no packed run lengths. */
export function unpackRuns(packed: string): number[] {
  const runs: number[] = [];
  let at = 0;
  while (at < packed.length) {
    let value = 0;
    let shift = 0;
    let isMore = true;
    while (isMore) {
      const group = packed.charCodeAt(at) - 48;
      if (!(group >= 0 && group < 64) || shift > 30) throw new RangeError("These are no packed run lengths.");
      value |= (group & 0x1f) << shift;
      shift += 5;
      at += 1;
      isMore = (group & 0x20) !== 0;
      if (!isMore && (group & 0x10) !== 0 && shift < 32) value |= -1 << shift;
    }
    if (runs.length > 2) value += runs[runs.length - 2] ?? 0;
    if (value < 0) throw new RangeError("A run cannot be shorter than nothing.");
    runs.push(value);
  }
  return runs;
}
