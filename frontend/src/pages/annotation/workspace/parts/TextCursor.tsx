import { type RefObject, useEffect, useMemo, useState } from "react";
import { sliceCodePoints, toUnits } from "@/editor/text/codePoints";
import { type Span, stopAfter, stopBefore, stopsOf } from "@/editor/text/spans";
import { Kbd, useShortcuts } from "@/ui";
import type { PostPart } from "../bundle";
import classes from "./TextPart.module.css";

interface Cursor {
  readonly anchor: number;
  readonly focus: number;
}

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
  const letters = useMemo(() => stopsOf(text, "grapheme", part.language), [text, part.language]);
  const words = useMemo(() => stopsOf(text, "word", part.language), [text, part.language]);
  const [cursor, setCursor] = useState<Cursor>({ anchor: 0, focus: letters[1] ?? 0 });
  const span = { start: Math.min(cursor.anchor, cursor.focus), end: Math.max(cursor.anchor, cursor.focus) };
  const isRightToLeft = element.current !== null && getComputedStyle(element.current).direction === "rtl";

  const go = (by: "letter" | "word", forward: boolean, extend: boolean): void => {
    const stops = by === "letter" ? letters : words;
    const ahead = forward !== isRightToLeft;
    setCursor(({ anchor, focus }) => {
      const next = ahead ? stopAfter(stops, focus) : stopBefore(stops, focus);
      if (extend) return { anchor, focus: next };
      const end = stopAfter(letters, next);
      return end === next ? { anchor: stopBefore(letters, next), focus: next } : { anchor: next, focus: end };
    });
  };

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    select(node, toUnits(text, span.start), toUnits(text, span.end));
  }, [element, text, span.start, span.end]);

  const scope = "text cursor";
  const group = "Marking text";
  useShortcuts([
    { id: "text.right", label: "One letter right", keys: "ArrowRight", scope, group, run: () => go("letter", true, false) },
    { id: "text.left", label: "One letter left", keys: "ArrowLeft", scope, group, run: () => go("letter", false, false) },
    { id: "text.word-right", label: "One word right", keys: "mod+ArrowRight", scope, group, run: () => go("word", true, false) },
    { id: "text.word-left", label: "One word left", keys: "mod+ArrowLeft", scope, group, run: () => go("word", false, false) },
    { id: "text.select-right", label: "Select one letter more", keys: "shift+ArrowRight", scope, group, run: () => go("letter", true, true) },
    { id: "text.select-left", label: "Select one letter less", keys: "shift+ArrowLeft", scope, group, run: () => go("letter", false, true) },
    { id: "text.select-word-right", label: "Select one word more", keys: "mod+shift+ArrowRight", scope, group, run: () => go("word", true, true) },
    { id: "text.select-word-left", label: "Select one word less", keys: "mod+shift+ArrowLeft", scope, group, run: () => go("word", false, true) },
    { id: "text.mark", label: "Mark the selected text", keys: "Enter", scope, group, run: () => onMark(span) },
    { id: "text.leave", label: "Stop marking text", keys: "Escape", scope, group, run: onLeave },
  ]);
  useEffect(() => () => window.getSelection()?.removeAllRanges(), []);

  return (
    <div className={classes.cursor} role="status">
      <bdi className={classes.chosen}>“{sliceCodePoints(text, span.start, span.end)}”</bdi>
      <span>
        <Kbd keys="shift+ArrowRight" quiet /> select
      </span>
      <span>
        <Kbd keys="Enter" quiet /> mark
      </span>
      <span>
        <Kbd keys="Escape" quiet /> leave
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
