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

/** What a reader sees as one letter: the places between them, as code point offsets, first 0 and last the length. */
export function lettersOf(text: string, language?: string): number[] {
  const stops = [0];
  let offset = 0;
  for (const { segment } of segmenterOf("grapheme", language).segment(text)) {
    offset += codePointLength(segment);
    stops.push(offset);
  }
  return stops;
}

export interface Words {
  /** Where words begin, and where the text does. */
  readonly starts: readonly number[];
  /** Where words end, and where the text does. */
  readonly ends: readonly number[];
}

export function wordsOf(text: string, language?: string): Words {
  const starts = [0];
  const ends: number[] = [];
  let offset = 0;
  for (const { segment, isWordLike } of segmenterOf("word", language).segment(text)) {
    if (isWordLike === true) starts.push(offset);
    offset += codePointLength(segment);
    if (isWordLike === true) ends.push(offset);
  }
  ends.push(offset);
  return { starts: [...new Set(starts)], ends: [...new Set(ends)] };
}

function segmenterOf(granularity: "grapheme" | "word", language?: string): Intl.Segmenter {
  return new Intl.Segmenter(language === "" ? undefined : language, { granularity });
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

/** A selection made by keys: `focus` moves, `anchor` stays while it grows. */
export interface TextCursor {
  readonly anchor: number;
  readonly focus: number;
}

export interface Stops {
  readonly letters: readonly number[];
  readonly words: Words;
}

/**
 * The cursor after one step, onwards or back in the order of reading. Growing moves its focus to the next place: by
 * words, to where the next one ends, or the one before begins. Otherwise it stands on the next letter, or on the first
 * letter of the next word.
 */
export function cursorMoved(cursor: TextCursor, stops: Stops, by: "letter" | "word", isAhead: boolean, isGrowing: boolean): TextCursor {
  const { letters, words } = stops;
  if (isGrowing) {
    const ahead = by === "letter" ? letters : words.ends;
    const back = by === "letter" ? letters : words.starts;
    return { ...cursor, focus: isAhead ? stopAfter(ahead, cursor.focus) : stopBefore(back, cursor.focus) };
  }
  const low = Math.min(cursor.anchor, cursor.focus);
  const high = Math.max(cursor.anchor, cursor.focus);
  const places = by === "letter" ? letters : words.starts;
  const wanted = isAhead ? (by === "letter" ? high : stopAfter(places, low)) : stopBefore(places, low);
  const start = Math.min(wanted, stopBefore(letters, letters.at(-1) ?? 0));
  return { anchor: start, focus: stopAfter(letters, start) };
}
