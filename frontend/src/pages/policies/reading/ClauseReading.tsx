import { createElement } from "react";
import { SeverityMark } from "@/ui";
import { Prose } from "../Prose";
import { type Block, type Clause, type ClauseText, isExamples } from "../shapes";
import { blockTitles, evidenceWords, modalityWords, relationWords } from "../wording";
import classes from "./ClauseReading.module.css";
import { Examples } from "./Examples";

/** One clause as people read it: the question first, then how to answer it. */
export function ClauseReading({ clause, depth }: { clause: Clause; depth: number }) {
  const { document } = clause;
  return (
    <section className={classes.clause} id={`clause-${clause.key}`} data-clause={clause.key} data-depth={depth}>
      <div className={classes.head}>
        {createElement(depth === 0 ? "h2" : "h3", { className: classes.title }, document.title)}
        <span className={classes.key}>
          <code>{clause.key}</code>
          {clause.meaning_revision !== null && <span>meaning {clause.meaning_revision}</span>}
        </span>
      </div>
      <p className={classes.question} dir="auto">
        {document.question}
      </p>
      <Scale document={document} />
      {document.blocks.map((block) => (
        <BlockReading key={block.id} block={block} document={document} />
      ))}
      {document.relations.map((relation) => (
        <p key={`${relation.kind} ${relation.clause_key}`} className={classes.relation}>
          {relationWords[relation.kind]}{" "}
          <a href={`#clause-${relation.clause_key}`}>
            <code>{relation.clause_key}</code>
          </a>
        </p>
      ))}
    </section>
  );
}

/** How the clause is answered. */
export function Scale({ document }: { document: ClauseText }) {
  if (document.kind === "axis") {
    return <p className={classes.axis}>Two responses are compared, from −3 (the first is much better) to +3 (the second is).</p>;
  }
  const needs = (["evidence", "reason", "severity"] as const).filter((name) => document.requires[name]);
  return (
    <dl className={classes.scale}>
      <div>
        <dt>Answers</dt>
        <dd className={classes.answers}>
          {document.answers.map((answer) => (
            <span key={answer.value} className={classes.answer} data-harmful={answer.harmful || undefined}>
              {answer.label}
              {answer.harmful && <span className={classes.harmful}>harmful</span>}
            </span>
          ))}
        </dd>
      </div>
      {document.severities.length > 0 && (
        <div>
          <dt>Severity</dt>
          <dd className={classes.severities}>
            {document.severities.map((step, at) => (
              <SeverityMark key={step.value} rank={at + 1} of={document.severities.length} label={step.label} />
            ))}
          </dd>
        </div>
      )}
      {document.modalities.length > 0 && (
        <div>
          <dt>Judged on</dt>
          <dd>{document.modalities.map((name) => modalityWords[name]).join(", ")}</dd>
        </div>
      )}
      {document.evidence_kinds.length > 0 && (
        <div>
          <dt>Evidence</dt>
          <dd>{document.evidence_kinds.map((name) => evidenceWords[name]).join(", ")}</dd>
        </div>
      )}
      {needs.length > 0 && (
        <div>
          <dt>A harmful answer needs</dt>
          <dd>{needs.join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}

/** One block of the text. */
export function BlockReading({ block, document }: { block: Block; document: ClauseText }) {
  const isEmpty = isExamples(block) ? block.items.length === 0 : block.text === "";
  if (isEmpty) return null;
  return (
    <div className={classes.block} data-type={block.type}>
      <h4 className={classes.blockTitle}>{blockTitles[block.type]}</h4>
      <div className={classes.blockBody}>
        {isExamples(block) ? <Examples items={block.items} document={document} /> : <Prose text={block.text} />}
      </div>
    </div>
  );
}
