import { codePointLength, sliceCodePoints, toCodePoints, toUnits } from "./codePoints";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of text covered by the same marks throughout. */
export interface Segment<Mark> extends Span {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/**
 * Cut a text at every edge of its marks, so that overlapping ones can be drawn. Marks that reach outside
 * the text are cut to it; empty ones draw nothing.
 */
export function segmentsOf<Mark extends Span>(text: string, marks: readonly Mark[]): Segment<Mark>[] {
  const length = codePointLength(text);
  if (length === 0) return [];
  const edges = new Set([0, length]);
  for (const { start, end } of marks) {
    edges.add(Math.min(Math.max(start, 0), length));
    edges.add(Math.min(Math.max(end, 0), length));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const segments: Segment<Mark>[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const start = cuts[index] ?? 0;
    const end = cuts[index + 1] ?? length;
    const covering = marks.filter((mark) => mark.start <= start && mark.end >= end);
    segments.push({ start, end, text: sliceCodePoints(text, start, end), marks: covering });
  }
  return segments;
}

/** White space at the ends of a selection is never meant. Null when nothing else was selected. */
export function trimmed(text: string, span: Span): Span | null {
  const chosen = sliceCodePoints(text, span.start, span.end);
  const lead = codePointLength(chosen) - codePointLength(chosen.trimStart());
  const kept = codePointLength(chosen.trim());
  return kept === 0 ? null : { start: span.start + lead, end: span.start + lead + kept };
}

/** Steps of a text cursor: grapheme clusters or words, as code point offsets, first 0 and last the length. */
export function stopsOf(text: string, by: "grapheme" | "word", language?: string): number[] {
  const stops = [0];
  const segmenter = new Intl.Segmenter(language === "" ? undefined : language, { granularity: by });
  let offset = 0;
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const start = offset;
    offset += codePointLength(segment);
    if (by === "grapheme") stops.push(offset);
    else if (isWordLike === true) stops.push(start, offset);
  }
  stops.push(codePointLength(text));
  return [...new Set(stops)].sort((a, b) => a - b);
}

export function stopAfter(stops: readonly number[], at: number): number {
  return stops.find((stop) => stop > at) ?? stops.at(-1) ?? 0;
}

export function stopBefore(stops: readonly number[], at: number): number {
  return stops.findLast((stop) => stop < at) ?? 0;
}

export function spanFromUnits(text: string, start: number, end: number): Span {
  return { start: toCodePoints(text, Math.min(start, end)), end: toCodePoints(text, Math.max(start, end)) };
}

export function unitsOfSpan(text: string, span: Span): Span {
  return { start: toUnits(text, span.start), end: toUnits(text, span.end) };
}
