import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import { useState } from "react";
import { BlockReading, Scale } from "../reading/ClauseReading";
import type { ClauseText } from "../shapes";
import {
  aboveOf,
  type Arrangement,
  exampleCount,
  fewExamples,
  type ImportNote,
  keyProblem,
  manyExamples,
  ofKind,
  type Proposed,
  titled,
  withExamples,
} from "./arranging";
import classes from "./importing.module.css";
import { NoteList } from "./NotesPanel";

/** One proposed clause: its name, key and kind to set, its text as it will read, and what became of the document's. */
export function ProposedText({
  clause,
  arrangement,
  notes,
  onChange,
  onMerge,
}: {
  clause: Proposed;
  arrangement: Arrangement;
  notes: readonly ImportNote[];
  onChange: (change: Partial<Proposed>) => void;
  onMerge: () => void;
}) {
  const { document } = clause;
  const above = aboveOf(arrangement, clause.id);
  const all = exampleCount(clause.original);
  const isAll = exampleCount(document) === all;
  return (
    <article className={classes.text} aria-label={document.title} data-out={!clause.isChosen || undefined}>
      <div className={classes.settings}>
        <TextInput
          className={classes.grow}
          label="Title"
          maxLength={500}
          dir="auto"
          value={document.title}
          onChange={(event) => onChange(titled(clause, event.currentTarget.value))}
        />
        <TextInput
          className={classes.grow}
          label="Key"
          maxLength={64}
          value={clause.key}
          error={clause.isChosen ? keyProblem(arrangement, clause) : null}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label="What the clause is"
          size="xs"
          value={document.kind}
          onChange={(value) => onChange(ofKind(clause, value === "axis" ? "axis" : "verdict"))}
          data={[
            { value: "verdict", label: "A question about a post" },
            { value: "axis", label: "A criterion to compare responses" },
          ]}
        />
        {all > manyExamples && document.kind === "verdict" && (
          <SegmentedControl
            aria-label="How many examples"
            size="xs"
            value={isAll ? "all" : "few"}
            onChange={(value) => onChange(withExamples(clause, value === "all"))}
            data={[
              { value: "all", label: `All ${all} examples` },
              { value: "few", label: `${fewExamples} of each answer` },
            ]}
          />
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowMerge size={15} aria-hidden />}
          disabled={above === null}
          title={above === null ? undefined : `Its text goes behind that of “${above.document.title}”.`}
          onClick={onMerge}
        >
          Merge into the clause above
        </Button>
      </div>
      <p className={classes.faint}>
        From {clause.file}
        {clause.line > 0 && `, line ${clause.line}`}
      </p>
      {!clause.isChosen && clause.whyLeftOut !== "" && <p className={classes.why}>{clause.whyLeftOut}</p>}
      {clause.isChosen && clause.problems.length > 0 && (
        <ul className={classes.missing} aria-label="Still missing">
          {clause.problems.map((problem, at) => (
            <li key={at}>{problem.sentence}</li>
          ))}
        </ul>
      )}
      <NoteList notes={notes} showsFile={false} />
      <div className={classes.reading} role="region" aria-label={`The text of ${document.title}`}>
        <p className={classes.question} dir="auto">
          {document.question}
        </p>
        <Scale document={document} />
        {document.blocks.map((block) => (
          <Block key={block.id} block={block} document={document} />
        ))}
      </div>
    </article>
  );
}

const shownFirst = 8;

/** A block as it will read; of a long list of examples the first ones until the rest is asked for. */
function Block({ block, document }: { block: ClauseText["blocks"][number]; document: ClauseText }) {
  const [isOpen, setOpen] = useState(false);
  if (!("items" in block) || block.items.length <= shownFirst || isOpen) return <BlockReading block={block} document={document} />;
  return (
    <>
      <BlockReading block={{ ...block, items: block.items.slice(0, shownFirst) }} document={document} />
      <Button className={classes.more} size="xs" variant="subtle" onClick={() => setOpen(true)}>
        Show all {block.items.length}
      </Button>
    </>
  );
}
