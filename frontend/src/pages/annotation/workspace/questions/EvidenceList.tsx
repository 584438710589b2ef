import { TextInput } from "@mantine/core";
import { IconEye, IconEyeOff, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { toggled } from "@/editor/choosing";
import { evidenceOf, type EvidenceRecord, type Shape } from "@/editor/records";
import { isShape } from "@/editor/shapes";
import { describeEvidence, removeEvidence } from "../answering";
import type { Clause, PostPart } from "../bundle";
import { partOf, useRecords, useWorkspace } from "../context";
import { KeyOf, useKeyHint } from "../keyHints";
import classes from "./questions.module.css";

/** A list of thousands is no list; past this many the rest is asked for. */
const SHOWN = 60;

/** What a question's answer rests on, in any part of the post: to choose, hide, tell more about and delete. */
export function EvidenceList({
  clause,
  isNeeded,
  problem,
}: {
  clause: Clause;
  isNeeded: boolean;
  problem: string | undefined;
}) {
  const { bundle, store, selected, addEvidence } = useWorkspace();
  const hint = useKeyHint();
  const [isWhole, setWhole] = useState(false);
  const marks = evidenceOf(useRecords(store), clause.key);
  // Around the selected one, so that what is chosen in the picture is found in the list.
  const at = marks.findIndex((mark) => mark.id === selected);
  const start = isWhole ? 0 : Math.max(0, Math.min(at - SHOWN / 2, marks.length - SHOWN));
  const shown = isWhole ? marks : marks.slice(start, start + SHOWN);
  return (
    <section className={classes.evidence} aria-label="Evidence">
      <div className={classes.rowLabel} data-problem={problem !== undefined || undefined}>
        <span>
          Evidence{isNeeded && <span className={classes.needed}> needed</span>}
        </span>
        {clause.evidence_kinds.includes("whole_post") && !marks.some((mark) => mark.data.kind === "whole_post") && (
          <button type="button" className={classes.quietButton} onClick={() => addEvidence({ kind: "whole_post" })}>
            Whole post <KeyOf command="label.cite-post" />
          </button>
        )}
      </div>
      {marks.length === 0 ? (
        <p className={classes.hint}>{problem ?? howToMark(clause.evidence_kinds, bundle.post.parts, hint)}</p>
      ) : (
        <ul className={classes.marks}>
          {shown.map((mark) => (
            <MarkRow key={mark.id} mark={mark} />
          ))}
        </ul>
      )}
      {shown.length < marks.length && (
        <button type="button" className={classes.quietButton} onClick={() => setWhole(true)}>
          List all {marks.length.toLocaleString("en")} marks
        </button>
      )}
    </section>
  );
}

function MarkRow({ mark }: { mark: EvidenceRecord }) {
  const { bundle, store, selected, select, chosen, choose, setActivePart, drawing, setDrawing } = useWorkspace();
  const part = mark.data.kind === "whole_post" ? undefined : partOf(bundle, mark.data.part_id);
  const name = describeEvidence(mark, part?.label ?? "post");
  const isSelected = mark.id === selected;
  const isChosen = chosen.has(mark.id);
  const isHidden = drawing.isAllHidden || drawing.hidden.has(mark.id);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [isSelected]);
  const isDrawn = isShape(mark.data) || mark.data.kind === "track";
  const toggle = (): void => {
    const hidden = new Set(drawing.hidden);
    if (!hidden.delete(mark.id)) hidden.add(mark.id);
    setDrawing({ hidden });
  };
  return (
    <li ref={row} className={classes.mark} data-selected={isChosen || undefined}>
      <div className={classes.markLine}>
        <button
          type="button"
          className={classes.markName}
          aria-pressed={isChosen}
          onClick={(event) => {
            if (event.shiftKey || event.ctrlKey || event.metaKey) choose(toggled(chosen, mark.id));
            else select(isSelected && chosen.size === 1 ? null : mark.id);
            if (part !== undefined) setActivePart(part.id);
          }}
        >
          <bdi>{name}</bdi>
        </button>
        {isDrawn && (
          <button type="button" className={classes.remove} aria-label={`Hide: ${name}`} aria-pressed={isHidden} disabled={drawing.isAllHidden} onClick={toggle}>
            {isHidden ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
          </button>
        )}
        <button type="button" className={classes.remove} aria-label={`Delete: ${name}`} onClick={() => removeEvidence(store, mark.id)}>
          <IconTrash size={14} aria-hidden />
        </button>
      </div>
      {isSelected && chosen.size === 1 && isShape(mark.data) && <Attributes mark={mark} shape={mark.data} />}
    </li>
  );
}

/** What is said of a shape beside its outline. */
function Attributes({ mark, shape }: { mark: EvidenceRecord; shape: Shape }) {
  const { store } = useWorkspace();
  const put = (change: Partial<Shape>, label: string, key?: string): void =>
    store.put({ ...mark, data: { ...shape, ...change } as Shape }, { label, ...(key === undefined ? {} : { key }) });
  return (
    <div className={classes.attributes}>
      <Attribute label="Partly hidden" isOn={shape.is_occluded ?? false} onChange={(is_occluded) => put({ is_occluded }, "Say that it is partly hidden")} />
      <Attribute label="Cut off" isOn={shape.is_truncated ?? false} onChange={(is_truncated) => put({ is_truncated }, "Say that it is cut off")} />
      <TextInput
        size="xs"
        className={classes.note}
        aria-label="Note on this mark"
        placeholder="Note"
        maxLength={500}
        value={shape.note ?? ""}
        onChange={(event) => put({ note: event.currentTarget.value }, "Write a note", `note:${mark.id}`)}
        onKeyDown={(event) => {
          if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
        }}
      />
    </div>
  );
}

function Attribute({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <button type="button" className={classes.attribute} aria-pressed={isOn} onClick={() => onChange(!isOn)}>
      {label}
    </button>
  );
}

type On = "picture" | "sound" | "film" | "text" | "any";

const drawn: readonly (readonly [kind: string, on: On, way: string, ...commands: string[]])[] = [
  ["box", "picture", "drag a box over a picture"],
  ["ellipse", "picture", "drag an ellipse"],
  ["polygon", "picture", "click an outline"],
  ["polyline", "picture", "click along a line"],
  ["point", "picture", "set a point"],
  ["mask", "picture", "paint over it"],
  ["text_span", "text", "select text", "label.mark-text"],
  ["time_range", "sound", "set a time range", "label.range-start", "label.range-end"],
  ["frame", "film", "mark a frame", "label.mark-frame"],
  ["part", "any", "cite a whole part", "label.cite-part"],
];

/** How to give evidence: of the kinds this question takes, those that something in this post can be marked by. */
function howToMark(kinds: readonly string[], parts: readonly PostPart[], hint: (label: string, command: string) => string): string {
  const has = (...wanted: PostPart["kind"][]): boolean => parts.some((part) => wanted.includes(part.kind));
  const there: Readonly<Record<On, boolean>> = {
    picture: has("image", "video"),
    sound: has("audio", "video"),
    film: has("video"),
    text: parts.some((part) => part.text !== null),
    any: true,
  };
  const ways = drawn.flatMap(([kind, on, way, ...commands]) => (kinds.includes(kind) && there[on] ? [commands.reduce(hint, way)] : []));
  if (ways.length === 0) return "This question takes the whole post as evidence.";
  const last = ways.at(-1) ?? "";
  const sentence = ways.length === 1 ? last : `${ways.slice(0, -1).join(", ")}, or ${last}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
