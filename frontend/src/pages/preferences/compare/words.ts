export type Operation = "same" | "gone" | "new";

export interface Piece {
  readonly operation: Operation;
  readonly text: string;
}

/** Longer texts are compared line by line: a table of words would grow too large while somebody types. */
const MOST_CELLS = 1_500_000;

/** The words of `after` that `before` has not, and the other way round; joined pieces give both texts back. */
export function wordDifference(before: string, after: string): readonly Piece[] {
  if (before === after) return before === "" ? [] : [{ operation: "same", text: before }];
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const { start, end } = commonEnds(old, fresh);
  const [a, b] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
  const middle =
    a.length * b.length <= MOST_CELLS ? aligned(a, b) : aligned(linesOf(a.join("")), linesOf(b.join("")));
  return tidied([
    ...old.slice(0, start).map(same),
    ...middle,
    ...old.slice(old.length - end).map(same),
  ]);
}

/** The changes with so many letters around each; what lies between them is left out. */
export function changesOf(pieces: readonly Piece[], around = 90): readonly Piece[] {
  return pieces.map((piece, at) => {
    const { operation, text } = piece;
    const before = at === 0 ? "" : text.slice(0, around);
    const after = at === pieces.length - 1 ? "" : text.slice(-around);
    if (operation !== "same" || text.length <= before.length + after.length + around) return piece;
    return same(`${untilWord(before)}${before === "" ? "" : " "}…${after === "" ? "" : " "}${fromWord(after)}`);
  });
}

function untilWord(text: string): string {
  return text.replace(/\s+\S*$/u, "");
}

function fromWord(text: string): string {
  return text.replace(/^\S*\s+/u, "");
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}[\p{L}\p{M}\p{N}'’]*|\p{N}+|\s+|[^]/gu) ?? [];
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function same(text: string): Piece {
  return { operation: "same", text };
}

function commonEnds(a: readonly string[], b: readonly string[]): { start: number; end: number } {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return { start, end };
}

/** A longest common subsequence, walked from its start. */
function aligned(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      pieces.push(same(left));
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ operation: "gone", text: left });
      i += 1;
    } else if (right !== undefined) {
      pieces.push({ operation: "new", text: right });
      j += 1;
    }
  }
  return pieces;
}

/**
 * Changes that only a space or a sign parts become one: read as a phrase, not as confetti. In each change what
 * is gone stands before what is new.
 */
function tidied(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let [gone, fresh, between] = ["", "", ""];
  const close = (): void => {
    if (gone !== "") out.push({ operation: "gone", text: gone });
    if (fresh !== "") out.push({ operation: "new", text: fresh });
    if (between !== "") out.push(same(between));
    [gone, fresh, between] = ["", "", ""];
  };
  for (const { operation, text } of pieces) {
    if (operation === "same") {
      between += text;
      continue;
    }
    const isPhrase = (gone !== "" || fresh !== "") && between.length <= 3 && !/[\p{L}\p{N}\n]/u.test(between);
    if (isPhrase) {
      gone += between;
      fresh += between;
      between = "";
    } else if (between !== "") {
      close();
    }
    if (operation === "gone") gone += text;
    else fresh += text;
  }
  close();
  return joined(out);
}

function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.operation === piece.operation) out[out.length - 1] = { ...piece, text: last.text + piece.text };
    else out.push(piece);
  }
  return out;
}
