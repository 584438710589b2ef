import { IconArrowBackUp, IconCheck, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { type EvidenceData, verdictOf } from "@/editor/records";
import { sliceCodePoints } from "@/editor/text/codePoints";
import { decimal } from "@/ui/numbers";
import { describeEvidence } from "../answering";
import type { Clause, PostPart } from "../bundle";
import { partOf, useRecords, useWorkspace } from "../context";
import { KeyOf } from "../keyHints";
import { accept, type Fate, fates, isSecondLook, reject, rejectedId, type SuggestedItem } from "./items";
import { ModelsReason } from "./ModelsReason";
import classes from "./suggestions.module.css";

/** A list of thousands is no list: the rest is decided on all at once. */
const SHOWN = 40;

/** What models suggest for one question: never filled in, always to be accepted or rejected. */
export function SuggestedHere({ clause }: { clause: Clause }) {
  const { bundle, store, suggested } = useWorkspace();
  const records = useRecords(store);
  const items = suggested.items.filter((one) => one.clauseKey === clause.key);
  if (items.length === 0) return null;
  const fate = fates(records, items);
  const at = items.findIndex(({ item }) => item === suggested.current);
  const start = Math.max(0, Math.min(at - SHOWN / 2, items.length - SHOWN));
  const late = isSecondLook(bundle);
  return (
    <section className={classes.here} aria-label={late ? "What the model thought" : `Suggested for “${clause.title}”`}>
      <ul className={classes.items}>
        {items.slice(start, start + SHOWN).map((one) => (
          <Row key={one.item} one={one} clause={clause} fate={fate.get(one.item) ?? "open"} isLate={late} own={verdictOf(records, clause.key).answer} />
        ))}
      </ul>
      {items.length > SHOWN && <p className={classes.more}>{items.length - SHOWN} more are drawn in the post.</p>}
    </section>
  );
}

function Row({ one, clause, fate, isLate, own }: { one: SuggestedItem; clause: Clause; fate: Fate; isLate: boolean; own: string | null }) {
  const { bundle, store, suggested, setActivePart, seeing, modes } = useWorkspace();
  const isCurrent = suggested.current === one.item;
  // What lies at a place has its keys there, on the bar beside it.
  const saysKeys = isCurrent && (one.region === null || one.region.kind === "whole_post" || one.region.kind === "part");
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [isCurrent]);
  const partId = one.region !== null && "part_id" in one.region ? one.region.part_id : null;
  const part = partId === null ? undefined : partOf(bundle, partId);
  const isBehindLine = seeing.text_covered && partId !== null && modes.get(partId) === undefined;
  const name = one.region === null ? answerWords(one, clause) : markWords(one.region, part, isBehindLine);
  const point = (): void => {
    suggested.setCurrent(one.item);
    if (part !== undefined) setActivePart(part.id);
  };
  return (
    <li ref={row} className={classes.item} data-fate={fate} data-current={isCurrent || undefined} data-item={one.item}>
      <button type="button" className={classes.name} aria-pressed={isCurrent} onClick={point}>
        <bdi className={classes.what}>{name}</bdi>
        <span className={classes.by}>
          {isLate ? "thought" : "suggested"} by {one.model}
          {one.confidence !== null && `, ${decimal(one.confidence)}`}
          {isLate && one.answer !== null && own !== null && (one.answer === own ? " · as you did" : " · unlike you")}
        </span>
      </button>
      {fate === "open" ? (
        <>
          <Act label={`Accept: ${name}`} onClick={() => accept(store, [one])}>
            <IconCheck size={15} aria-hidden />
          </Act>
          {saysKeys && <KeyOf command="label.suggestion-accept" />}
          <Act label={`Reject: ${name}`} onClick={() => reject(store, [one])}>
            <IconX size={15} aria-hidden />
          </Act>
          {saysKeys && <KeyOf command="label.suggestion-reject" />}
        </>
      ) : (
        <>
          <span className={classes.fate}>{fate === "accepted" ? "Accepted" : "Rejected"}</span>
          {fate === "rejected" && (
            <Act label={`Not rejected after all: ${name}`} onClick={() => store.remove([rejectedId(one.item)], { label: "Take the rejection back" })}>
              <IconArrowBackUp size={15} aria-hidden />
            </Act>
          )}
        </>
      )}
      {one.reason !== "" && <ModelsReason text={one.reason} model={one.model} />}
    </li>
  );
}

function Act({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.act} aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}

/** What a mark is called. The words of a text are told only where the text itself is shown. */
function markWords(region: EvidenceData, part: PostPart | undefined, isBehindLine: boolean): string {
  if (region.kind !== "text_span") return describeEvidence({ data: region }, part?.label ?? "post");
  const quote = isBehindLine ? null : sliceCodePoints(part?.text ?? "", region.start, region.end);
  return describeEvidence({ data: { ...region, quote } }, part?.label ?? "post");
}

function answerWords(one: SuggestedItem, clause: Clause): string {
  const answer = clause.answers.find(({ value }) => value === one.answer)?.label ?? one.answer ?? "";
  const severity = clause.severities.find(({ value }) => value === one.severity)?.label;
  return severity === undefined ? answer : `${answer} · ${severity}`;
}
