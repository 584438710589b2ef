import { createElement } from "react";
import { SeverityMark } from "@/ui";
import { Prose } from "@/ui/Prose";
import { languageChosen, languageName, stalePassages, worded } from "@/work/rule/wording";
import { type Block, type Clause, type ClauseText, isExamples, type Release } from "../shapes";
import { placeName } from "../talk/places";
import { cameFrom } from "../writing/GoneClauses";
import { blockTitles, changeWords, evidenceWords, modalityWords, relationWords } from "../wording";
import classes from "./ClauseReading.module.css";
import { Examples } from "./Examples";

/** One clause as people read it: the question first, then how to answer it. */
export function ClauseReading({
  release,
  clause,
  depth,
  wanted,
  showsWhy = false,
}: {
  release: Release;
  clause: Clause;
  depth: number;
  /** The languages its reader reads, the best first; none for the words it was written in. */
  wanted: readonly string[];
  /** For reviewers: what the author gives as the reason of the change. */
  showsWhy?: boolean;
}) {
  const source = clause.document;
  const language = languageChosen(source.language, source.translations.map((one) => one.language), wanted);
  const passages = source.translations.find((one) => one.language === language)?.passages ?? [];
  const document = worded(source, passages);
  const origin = cameFrom(release, clause.key);
  return (
    <section
      className={classes.clause}
      id={`clause-${clause.key}`}
      data-clause={clause.key}
      data-depth={depth}
      lang={language === "" ? source.language || undefined : language}
    >
      <div className={classes.head}>
        {createElement(depth === 0 ? "h2" : "h3", { className: classes.title }, document.title)}
        <span className={classes.key}>
          <code>{clause.key}</code>
          {clause.meaning_revision !== null && <span>meaning {clause.meaning_revision}</span>}
        </span>
      </div>
      {showsWhy && clause.change_reason !== "" && (
        <p className={classes.why}>
          {changeWords[clause.change]}. <strong>The author’s why:</strong> {clause.change_reason}
        </p>
      )}
      {origin.length > 0 && (
        <p className={classes.origin}>
          {origin[0]?.kind === "merged" ? "Merged from " : "Split from "}
          {origin.map((gone) => `“${gone.title}”`).join(", ")}. Answers to it do not count here.
        </p>
      )}
      <LanguageNote source={source} language={language} wanted={wanted} stale={stalePassages(source, passages)} />
      <p className={classes.question} dir="auto">
        {document.question}
      </p>
      <Scale document={document} />
      {document.blocks.map((block) => (
        <BlockReading key={block.id} block={block} document={document} release={release} />
      ))}
      {document.relations.map((relation) => (
        <p key={`${relation.kind} ${relation.clause_key}`} className={classes.relation}>
          {relationWords[relation.kind]}{" "}
          <a href={`#clause-${relation.clause_key}`}>
            <code>{relation.clause_key}</code>
          </a>
        </p>
      ))}
      {document.codes.length > 0 && (
        <p className={classes.relation}>
          In outside taxonomies: {document.codes.map((code) => `${code.taxonomy} ${code.code}`).join(", ")}
        </p>
      )}
    </section>
  );
}

/** Which language this is, where that is not plain, and what of it is older than its source. */
function LanguageNote({
  source,
  language,
  wanted,
  stale,
}: {
  source: ClauseText;
  language: string;
  wanted: readonly string[];
  stale: readonly string[];
}) {
  if (language === "") {
    const isRead = wanted.some((tag) => tag.split("-")[0] === source.language.split("-")[0]);
    if (wanted.length === 0 || source.language === "" || isRead) return null;
    return <p className={classes.language}>Not translated: in {languageName(source.language)}.</p>;
  }
  return (
    <p className={classes.language}>
      In {languageName(language)}
      {source.language !== "" && `, from ${languageName(source.language)}`}.
      {stale.length > 0 && (
        <strong> Older than its source: {stale.map((at) => placeName(source, at).toLowerCase()).join(", ")}. The source counts.</strong>
      )}
    </p>
  );
}

/** How the clause is answered. */
export function Scale({ document }: { document: ClauseText }) {
  if (document.kind === "axis") {
    return (
      <>
        <p className={classes.axis}>Two responses are compared, from −3 (the first is much better) to +3 (the second is).</p>
        {document.answers.length > 0 && (
          <p className={classes.axis}>One alone is rated: {document.answers.map(({ value, label }) => `${value} ${label}`).join(", ")}.</p>
        )}
      </>
    );
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
export function BlockReading({
  block,
  document,
  release,
}: {
  block: Block;
  document: ClauseText;
  /** The release it stands in; without one, what its examples show stays away. */
  release?: Pick<Release, "id" | "policy">;
}) {
  const isEmpty = isExamples(block) ? block.items.length === 0 : block.text === "";
  if (isEmpty) return null;
  return (
    <div className={classes.block} data-type={block.type}>
      <h4 className={classes.blockTitle}>{blockTitles[block.type]}</h4>
      <div className={classes.blockBody}>
        {isExamples(block) ? <Examples items={block.items} document={document} release={release} /> : <Prose text={block.text} />}
      </div>
    </div>
  );
}
