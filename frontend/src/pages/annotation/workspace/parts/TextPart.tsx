import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import { evidenceOf, type EvidenceRecord, type TextSpanMark } from "@/editor/records";
import { sliceCodePoints } from "@/editor/text/codePoints";
import { segmentsOf, type Span, spanFromUnits, trimmed } from "@/editor/text/spans";
import { HiddenText } from "@/work/seeing/HiddenText";
import type { PostPart } from "../bundle";
import { KeyHere } from "../keyHints";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../context";
import { drawnId, drawnOf, type SuggestedItem } from "../suggestions/items";
import { FlagOnText } from "../suggestions/PlacedFlag";
import { useOpenSuggestions } from "../suggestions/useOpenSuggestions";
import { PartFrame } from "./PartFrame";
import { TextCursor } from "./TextCursor";
import classes from "./TextPart.module.css";

interface Mark extends Span {
  readonly record: EvidenceRecord;
  /** The item of a suggestion still to be decided on; null for the person's own marks. */
  readonly item: string | null;
}

/** A text with its marks. Selecting marks it for the question being answered; offsets are code points. */
export function TextPart({ part }: { part: PostPart }) {
  const workspace = useWorkspace();
  const records = useRecords(workspace.store);
  const element = useRef<HTMLDivElement>(null);
  const text = part.text ?? "";
  const offered = useOpenSuggestions();
  // The person's own lie on top of what is suggested.
  const marks = useMemo(() => [...suggestedOn(offered, part.id), ...marksOn(evidenceOf(records), part.id)], [offered, records, part.id]);
  const segments = useMemo(() => segmentsOf(text, marks), [text, marks]);
  const isSelecting = useRef(false);
  const pointedAt = offered.find(({ item, region }) => item === workspace.suggested.current && region?.kind === "text_span" && region.part_id === part.id);
  const isCursorHere = workspace.textCursorPart === part.id;
  const { seeing, modes, sights } = workspace;
  const isBehindLine = seeing.text_covered && text !== "";
  const mode = modes.get(part.id);
  const isShown = !isBehindLine || mode !== undefined;

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
      {isBehindLine && (
        <HiddenText
          name={part.label}
          text={text}
          mode={mode}
          keyCap={<KeyHere command="label.reveal" isActive={workspace.activePartId === part.id} />}
          onShow={() => sights.reveal(part.id)}
          onHide={() => sights.cover(part.id)}
          onPress={() => sights.press(part.id, "hold")}
          onRelease={() => sights.release(Infinity)}
        />
      )}
      {isShown && (
        <div className={classes.place}>
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
              const own = segment.marks.filter((mark) => mark.item === null);
              const isSelected = segment.marks.some((mark) => mark.record.id === workspace.selected);
              return (
                <mark
                  key={segment.start}
                  className={classes.mark}
                  data-depth={Math.min(own.length, 3)}
                  data-suggested={own.length < segment.marks.length || undefined}
                  data-current={segment.marks.some((mark) => mark.item !== null && mark.item === workspace.suggested.current) || undefined}
                  data-selected={isSelected || undefined}
                  data-first={own.some((mark) => mark.start === segment.start) || undefined}
                  data-number={own
                    .filter((mark) => mark.start === segment.start)
                    .map((mark) => clauseNumber(workspace.bundle, mark.record.clauseKey))
                    .join("·")}
                  style={{ "--hue": clauseHue(workspace.bundle, top.record.clauseKey) } as CSSProperties}
                  onClick={() => {
                    // What lies below is reached by clicking once more.
                    const below = segment.marks.findLast((mark) => mark.item !== null);
                    const taken = top.record.id === workspace.selected && below !== undefined ? below : top;
                    workspace.setActiveKey(taken.record.clauseKey);
                    workspace.select(taken.item === null ? taken.record.id : null);
                    workspace.suggested.setCurrent(taken.item);
                  }}
                >
                  {segment.text}
                </mark>
              );
            })}
            {text === "" && <span className={classes.empty}>This part has no text.</span>}
          </div>
          {pointedAt !== undefined && <FlagOnText one={pointedAt} text={element} />}
        </div>
      )}
      {isShown && isCursorHere && (
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
    return [{ record, item: null, start: span.start, end: span.end }];
  });
}

function suggestedOn(items: readonly SuggestedItem[], partId: string): Mark[] {
  const item = new Map(items.map((one) => [drawnId(one.item), one.item]));
  return marksOn([...drawnOf(items).values()], partId).map((mark) => ({ ...mark, item: item.get(mark.record.id) ?? null }));
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
