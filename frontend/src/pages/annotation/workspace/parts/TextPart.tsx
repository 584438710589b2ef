import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import { evidenceOf, type EvidenceRecord, type TextSpanMark } from "@/editor/records";
import { sliceCodePoints } from "@/editor/text/codePoints";
import { segmentsOf, type Span, spanFromUnits, trimmed } from "@/editor/text/spans";
import type { PostPart } from "../bundle";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../context";
import { PartFrame } from "./PartFrame";
import { TextCursor } from "./TextCursor";
import classes from "./TextPart.module.css";

interface Mark extends Span {
  readonly record: EvidenceRecord;
}

/** A text with its marks. Selecting marks it for the question being answered; offsets are code points. */
export function TextPart({ part }: { part: PostPart }) {
  const workspace = useWorkspace();
  const records = useRecords(workspace.store);
  const element = useRef<HTMLDivElement>(null);
  const text = part.text ?? "";
  const marks = useMemo(() => marksOn(evidenceOf(records), part.id), [records, part.id]);
  const segments = useMemo(() => segmentsOf(text, marks), [text, marks]);
  const isSelecting = useRef(false);
  const isCursorHere = workspace.textCursorPart === part.id;

  const add = (span: Span): void => {
    const kept = trimmed(text, span);
    if (kept === null) return;
    workspace.addEvidence({
      kind: "text_span",
      part_id: part.id,
      ...kept,
      quote: sliceCodePoints(text, kept.start, kept.end),
    });
  };

  useEffect(() => {
    // The hand may let go outside the text; the selection still counts when it began and ends in it.
    const onUp = (): void => {
      if (!isSelecting.current) return;
      isSelecting.current = false;
      const span = element.current === null ? null : selectedSpan(element.current, text);
      if (span === null || !workspace.takes("text_span")) return;
      window.getSelection()?.removeAllRanges();
      add(span);
    };
    document.addEventListener("pointerup", onUp);
    return () => document.removeEventListener("pointerup", onUp);
  });

  return (
    <PartFrame part={part}>
      <div
        ref={element}
        className={classes.text}
        data-kind={part.kind}
        data-text={part.id}
        data-markable={workspace.takes("text_span") || undefined}
        dir="auto"
        lang={part.language === "" ? undefined : part.language}
        onPointerDown={(event) => (isSelecting.current = event.button === 0)}
      >
        {segments.map((segment) => {
          const top = segment.marks.at(-1);
          if (top === undefined) return <span key={segment.start}>{segment.text}</span>;
          const isSelected = segment.marks.some((mark) => mark.record.id === workspace.selected);
          return (
            <mark
              key={segment.start}
              className={classes.mark}
              data-depth={Math.min(segment.marks.length, 3)}
              data-selected={isSelected || undefined}
              data-first={segment.marks.some((mark) => mark.start === segment.start) || undefined}
              data-number={segment.marks
                .filter((mark) => mark.start === segment.start)
                .map((mark) => clauseNumber(workspace.bundle, mark.record.clauseKey))
                .join("·")}
              style={{ "--hue": clauseHue(workspace.bundle, top.record.clauseKey) } as CSSProperties}
              onClick={() => {
                workspace.setActiveKey(top.record.clauseKey);
                workspace.select(top.record.id);
              }}
            >
              {segment.text}
            </mark>
          );
        })}
        {text === "" && <span className={classes.empty}>This part has no text.</span>}
      </div>
      {isCursorHere && (
        <TextCursor part={part} text={element} onMark={add} onLeave={() => workspace.setTextCursorPart(null)} />
      )}
    </PartFrame>
  );
}

function marksOn(records: readonly EvidenceRecord[], partId: string): Mark[] {
  return records.flatMap((record) => {
    const { data } = record;
    if (data.kind !== "text_span" || data.part_id !== partId) return [];
    const span: TextSpanMark = data;
    return [{ record, start: span.start, end: span.end }];
  });
}

/** The selection as code points, when it lies in this element and holds something. */
function selectedSpan(element: HTMLElement, text: string): Span | null {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  return spanFromUnits(text, unitsBefore(element, range.startContainer, range.startOffset), unitsBefore(element, range.endContainer, range.endOffset));
}

function unitsBefore(element: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return range.toString().length;
}
