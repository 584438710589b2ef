import {
  IconAlignLeft,
  IconMessage,
  IconMusic,
  IconPhoto,
  IconQuote,
  IconScan,
  IconTextCaption,
  IconTypography,
  IconVideo,
  type TablerIcon,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { evidenceOf } from "@/editor/records";
import { languageName } from "@/work/rule/wording";
import type { PostPart } from "../bundle";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../context";
import classes from "./PartFrame.module.css";

const icons: Readonly<Record<PostPart["kind"], TablerIcon>> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  title: IconTypography,
  caption: IconTextCaption,
  comment: IconMessage,
  text: IconAlignLeft,
  transcript: IconQuote,
  ocr: IconScan,
};

/** One labelled part of the post; the active one is where the keyboard works. */
export function PartFrame({ part, note, children }: { part: PostPart; note?: ReactNode; children: ReactNode }) {
  const { bundle, store, activePartId, setActivePart, takes, addEvidence } = useWorkspace();
  const records = useRecords(store);
  const frame = useRef<HTMLElement>(null);
  const isTouched = useRef(false);
  const isActive = activePartId === part.id;
  const Icon = icons[part.kind];
  const cited = evidenceOf(records).filter(({ data }) => data.kind !== "whole_post" && data.part_id === part.id);
  const citing = [...new Set(cited.map((mark) => mark.clauseKey))];
  useEffect(() => {
    // What a hand points at must not move from under it, or the click goes nowhere.
    if (isActive && !isTouched.current) frame.current?.scrollIntoView({ block: "nearest", behavior: "instant" });
    isTouched.current = false;
  }, [isActive]);
  return (
    <section
      ref={frame}
      className={classes.part}
      data-active={isActive || undefined}
      data-part={part.id}
      aria-label={part.label}
      onPointerDownCapture={() => {
        isTouched.current = !isActive;
        setActivePart(part.id);
      }}
    >
      <header className={classes.head}>
        <Icon size={15} stroke={1.8} aria-hidden className={classes.icon} />
        <h2 className={classes.name}>{part.label}</h2>
        {part.language !== "" && part.text !== null && <span className={classes.language}>{languageName(part.language)}</span>}
        <span className={classes.citing}>
          {citing.map((key) => (
            <span
              key={key}
              className={classes.number}
              style={{ background: clauseHue(bundle, key) }}
              title={`Cited in question ${clauseNumber(bundle, key)}`}
            >
              {clauseNumber(bundle, key)}
            </span>
          ))}
        </span>
        {note !== undefined && <span className={classes.note}>{note}</span>}
        {takes("part") && (
          <button
            type="button"
            className={classes.cite}
            onClick={() => addEvidence({ kind: "part", part_id: part.id })}
          >
            Cite whole part
          </button>
        )}
      </header>
      {children}
    </section>
  );
}
