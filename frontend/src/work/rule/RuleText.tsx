import { lazy, Suspense } from "react";
import classes from "./RuleText.module.css";
import type { InLanguage } from "./useWording";

// Reading markdown takes code that work without an open rule does not need.
const Prose = lazy(async () => ({ default: (await import("@/ui/Prose")).Prose }));

const ExampleMedia = lazy(async () => ({ default: (await import("./ExampleMedia")).ExampleMedia }));

/** What is read of a clause beside the work under it. */
export interface Rule {
  readonly title: string;
  readonly parentTitle?: string;
  /** The release whose wording this is. */
  readonly release?: string;
  readonly question: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
  /** Where it stands, by which what its examples show is found. */
  /** Its language, where it is not one the person reads, or not the one it was written in. */
  readonly inLanguage?: InLanguage;
  readonly projectId?: string;
  readonly releaseId?: string;
  /** The words for what examples are ruled as. */
  readonly answers?: readonly { readonly value: string; readonly label: string }[];
}

const headings: Readonly<Record<string, string>> = {
  definition: "Definition",
  use_when: "Use when",
  avoid_when: "Avoid when",
  interpretation: "How to read it",
  rationale: "Why this rule exists",
  examples: "Examples",
  counter_examples: "Looks alike, but is not",
};

/** The blocks of a rule as its release says them. */
export function RuleText({ rule }: { rule: Rule }) {
  return rule.blocks.map((block, at) => <Block key={at} block={block} rule={rule} />);
}

function Block({ block, rule }: { block: Readonly<Record<string, unknown>>; rule: Rule }) {
  const type = textOf(block["type"]);
  const text = textOf(block["text"]);
  const items: readonly unknown[] = Array.isArray(block["items"]) ? block["items"] : [];
  if (text === "" && items.length === 0) return null;
  return (
    <section className={classes.block} data-type={type}>
      <h3 className={classes.heading}>{headings[type] ?? type.replaceAll("_", " ")}</h3>
      {text !== "" && (
        <div className={classes.prose}>
          <Suspense fallback={<p className={classes.plain}>{text}</p>}>
            <Prose text={text} size="small" />
          </Suspense>
        </div>
      )}
      {items.length > 0 && (
        <ul className={classes.examples}>
          {items.filter(isRecord).map((item, at) => (
            <Example key={at} item={item} rule={rule} label={`example ${at + 1}`} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Example({ item, rule, label }: { item: Readonly<Record<string, unknown>>; rule: Rule; label: string }) {
  const ruling = textOf(item["ruling"]);
  const why = textOf(item["why"]);
  return (
    <li className={classes.example}>
      {textOf(item["text"]) !== "" && (
        <p className={classes.exampleText} dir="auto">
          {textOf(item["text"])}
        </p>
      )}
      {rule.projectId !== undefined && rule.releaseId !== undefined && mediaOf(item).length > 0 && (
        <Suspense fallback={null}>
          <ExampleMedia projectId={rule.projectId} releaseId={rule.releaseId} media={mediaOf(item)} label={label} />
        </Suspense>
      )}
      <p className={classes.ruling}>
        {ruling !== "" && <strong>{rule.answers?.find((answer) => answer.value === ruling)?.label ?? ruling}</strong>}
        {ruling !== "" && why !== "" && ": "}
        {why}
      </p>
    </li>
  );
}

function mediaOf(item: Readonly<Record<string, unknown>>): { asset_id: string; note: string }[] {
  const media: readonly unknown[] = Array.isArray(item["media"]) ? item["media"] : [];
  return media.filter(isRecord).map((one) => ({ asset_id: textOf(one["asset_id"]), note: textOf(one["note"]) }));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
