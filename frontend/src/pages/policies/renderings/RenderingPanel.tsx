import { Button, CopyButton, SegmentedControl } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconCopy, IconInfoCircle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { count, EmptyState } from "@/ui";
import type { Rendering, Renderings } from "./queries";
import classes from "./renderings.module.css";

type Kind = Rendering["kind"];

const names: Readonly<Record<Kind, { readonly title: string; readonly reader: string }>> = {
  guideline: { title: "Annotators’ guide", reader: "What people read beside the work" },
  safeguard: { title: "gpt-oss-safeguard prompt", reader: "Instruction, definitions, criteria, examples" },
  cope: { title: "CoPE labeler", reader: "What each label includes and excludes" },
  shieldgemma: { title: "ShieldGemma", reader: "One guideline a clause; answers Yes or No" },
  llamaguard: { title: "Llama Guard", reader: "Hazard categories between its own marks" },
};

/** One text to copy, its length, and what it leaves out. */
export function RenderingPanel({
  kinds,
  found,
  control,
}: {
  kinds: readonly Kind[];
  found: Renderings;
  control?: ReactNode;
}) {
  const [chosen, setChosen] = useState<Kind | undefined>(kinds[0]);
  const kind = kinds.find((one) => one === chosen) ?? kinds[0];
  const rendering = found.renderings.find((one) => one.kind === kind);
  if (rendering === undefined || kind === undefined) return null;
  const { title, reader } = names[kind];
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          <p className={classes.reader}>{reader}</p>
        </div>
        {control}
        {kinds.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Which guard model"
            value={kind}
            onChange={(value) => setChosen(kinds.find((one) => one === value))}
            data={kinds.map((one) => ({ value: one, label: names[one].title }))}
          />
        )}
      </header>
      <div className={classes.line}>
        <Length rendering={rendering} />
        <CopyButton value={rendering.text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              disabled={rendering.text === ""}
              onClick={copy}
              aria-label={copied ? "Copied" : `Copy: ${title}`}
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </div>
      {rendering.notes.length > 0 && (
        <ul className={classes.notes} aria-label="What this text leaves out">
          {rendering.notes.map((note) => (
            <li key={note}>
              <IconInfoCircle size={15} aria-hidden />
              {note}
            </li>
          ))}
        </ul>
      )}
      {rendering.text === "" ? (
        <EmptyState title="No such rendering" framed={false}>
          The note above says why.
        </EmptyState>
      ) : (
        <pre className={classes.text} tabIndex={0} aria-label={`Text: ${title}`} dir="auto">
          {rendering.text}
        </pre>
      )}
    </section>
  );
}

/** "412 tokens (400 to 600 advised)". */
function Length({ rendering }: { rendering: Rendering }) {
  const { tokens, least, most } = rendering;
  const words = `${count(tokens)} tokens`;
  if (least === null || most === null) return <span className={classes.tokens}>{words}</span>;
  const isRight = tokens >= least && tokens <= most;
  return (
    <span className={classes.tokens} data-tone={isRight ? "good" : "wait"}>
      {isRight ? <IconCheck size={15} aria-hidden /> : <IconAlertCircle size={15} aria-hidden />}
      {words} ({least} to {most} advised)
    </span>
  );
}
