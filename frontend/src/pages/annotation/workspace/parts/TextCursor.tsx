import { type RefObject, useEffect, useMemo, useState } from "react";
import { sliceCodePoints, toUnits } from "@/editor/text/codePoints";
import { cursorMoved, lettersOf, type Span, type TextCursor as Cursor, wordsOf } from "@/editor/text/spans";
import { Kbd, useShortcuts } from "@/ui";
import { bound, keyOf } from "@/work/keyTables";
import type { PostPart } from "../bundle";
import { TEXT_CURSOR_SCOPE, textCursorCommands } from "../commands/opened";
import classes from "./TextPart.module.css";

/** Marking text with the keyboard: move, hold Shift to select, Enter to mark. */
export function TextCursor({
  part,
  text: element,
  onMark,
  onLeave,
}: {
  part: PostPart;
  text: RefObject<HTMLElement | null>;
  onMark: (span: Span) => void;
  onLeave: () => void;
}) {
  const text = part.text ?? "";
  const letters = useMemo(() => lettersOf(text, part.language), [text, part.language]);
  const words = useMemo(() => wordsOf(text, part.language), [text, part.language]);
  const [cursor, setCursor] = useState<Cursor>({ anchor: 0, focus: letters[1] ?? 0 });
  const span = { start: Math.min(cursor.anchor, cursor.focus), end: Math.max(cursor.anchor, cursor.focus) };
  const isRightToLeft = element.current !== null && getComputedStyle(element.current).direction === "rtl";

  const go = (by: "letter" | "word", forward: boolean, extend: boolean): void => {
    const isAhead = forward !== isRightToLeft;
    setCursor((before) => cursorMoved(before, { letters, words }, by, isAhead, extend));
  };

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    select(node, toUnits(text, span.start), toUnits(text, span.end));
  }, [element, text, span.start, span.end]);

  const deeds = {
    "text.right": () => go("letter", true, false),
    "text.left": () => go("letter", false, false),
    "text.word-right": () => go("word", true, false),
    "text.word-left": () => go("word", false, false),
    "text.select-right": () => go("letter", true, true),
    "text.select-left": () => go("letter", false, true),
    "text.select-word-right": () => go("word", true, true),
    "text.select-word-left": () => go("word", false, true),
    "text.mark": () => onMark(span),
    "text.leave": onLeave,
  };
  useShortcuts(bound(textCursorCommands, deeds).map((shortcut) => ({ ...shortcut, scope: TEXT_CURSOR_SCOPE })));
  useEffect(() => () => window.getSelection()?.removeAllRanges(), []);

  return (
    <div className={classes.cursor} role="status">
      <bdi className={classes.chosen}>“{sliceCodePoints(text, span.start, span.end)}”</bdi>
      <span>
        <Kbd {...keyOf(textCursorCommands, "text.select-right")} quiet /> select
      </span>
      <span>
        <Kbd {...keyOf(textCursorCommands, "text.mark")} quiet /> mark
      </span>
      <span>
        <Kbd {...keyOf(textCursorCommands, "text.leave")} quiet /> leave
      </span>
    </div>
  );
}

/** Show a stretch of the element's text as the browser's selection. */
function select(element: HTMLElement, start: number, end: number): void {
  const from = nodeAt(element, start);
  const to = nodeAt(element, end);
  const selection = window.getSelection();
  if (from === null || to === null || selection === null) return;
  selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

function nodeAt(element: HTMLElement, units: number): { node: Text; offset: number } | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  let last: Text | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
    last = node;
  }
  return last === null ? null : { node: last, offset: last.length };
}
