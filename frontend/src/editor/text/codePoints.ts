/** Between offsets as browsers count (UTF-16 units) and as records count (Unicode code points). */

export function codePointLength(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += unitsAt(text, at)) count += 1;
  return count;
}

/** Code points before a UTF-16 offset; an offset inside a pair counts the pair as not yet passed. */
export function toCodePoints(text: string, units: number): number {
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const next = at + unitsAt(text, at);
    if (next > units) break;
    count += 1;
    at = next;
  }
  return count;
}

/** UTF-16 offset of a code point offset; past the end it is the length. */
export function toUnits(text: string, codePoints: number): number {
  let at = 0;
  for (let count = 0; count < codePoints && at < text.length; count += 1) at += unitsAt(text, at);
  return at;
}

export function sliceCodePoints(text: string, start: number, end: number): string {
  return text.slice(toUnits(text, start), toUnits(text, end));
}

function unitsAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
