import { SegmentedControl, Select } from "@mantine/core";
import { IconTableOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState, ErrorState, LoadingState, Panel, StatusBadge } from "@/ui";
import { rowsQuery, type VersionDetail } from "./queries";
import classes from "./SampleRows.module.css";
import { textOf } from "./wording";

type Split = "train" | "validation" | "test";
type Cell = Readonly<Record<string, unknown>>;

const splits: readonly Split[] = ["train", "validation", "test"];
const provenance = new Set([
  "example_id",
  "item_id",
  "policy_version",
  "n_annotators",
  "agreement",
  "p_chosen",
  "source",
  "source_model_a",
  "source_model_b",
  "shown_first",
  "simulated",
  "stale",
  "content_sha256",
  "meta_json",
]);

/** Said elsewhere in the row, or for programs only. */
const unsaid = new Set(["example_id", "item_id", "content_sha256", "meta_json", "simulated", "stale"]);

/** The first rows of a kind, exactly as a trainer reads them. */
export function SampleRows({ version }: { version: VersionDetail }) {
  const [kind, setKind] = useState<string>(version.kinds.at(0) ?? "labels");
  const [split, setSplit] = useState<Split>("train");
  const sample = useQuery(rowsQuery(version.id, kind, split));
  return (
    <Panel
      title="First rows"
      note="Exactly what a trainer reads. They may hold harmful content."
      actions={
        <>
          <Select
            aria-label="Kind of rows"
            size="xs"
            w={130}
            data={version.kinds}
            value={kind}
            onChange={(value) => setKind(value ?? kind)}
            allowDeselect={false}
          />
          <SegmentedControl
            size="xs"
            aria-label="Split"
            data={[...splits]}
            value={split}
            onChange={(value) => setSplit(splits.find((one) => one === value) ?? "train")}
          />
        </>
      }
    >
      {sample.data === undefined && sample.error === null && <LoadingState label="Loading rows" />}
      {sample.error !== null && <ErrorState error={sample.error} onRetry={sample.refetch} />}
      {sample.data?.rows.length === 0 && (
        <EmptyState icon={IconTableOff} title={`No ${kind} row in ${split}`} framed={false}>
          Look in another split, or see under Contents what was left out.
        </EmptyState>
      )}
      {sample.data !== undefined && sample.data.rows.length > 0 && (
        <ol className={classes.rows}>
          {sample.data.rows.map((row) => (
            <Row key={textOf(row.example_id)} row={row} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Row({ row }: { row: Cell }) {
  const own = Object.entries(row).filter(([name]) => !provenance.has(name));
  const about = Object.entries(row).filter(([name, value]) => provenance.has(name) && !unsaid.has(name) && value !== null);
  return (
    <li className={classes.row}>
      <p className={classes.head}>
        <code>{textOf(row.example_id)}</code>
        {row.simulated === true && <StatusBadge state="simulated" />}
        {row.stale === true && <StatusBadge state="stale" label="Stale" tone="wait" />}
      </p>
      <dl className={classes.cells}>
        {own.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">
              <CellValue value={value} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.about}>{about.map(([name, value]) => `${name} ${textOf(value)}`).join(" · ")}</p>
    </li>
  );
}

interface Message {
  readonly role: string;
  readonly content: string;
}

function CellValue({ value }: { value: unknown }) {
  if (isConversation(value)) {
    return value.map((message, at) => (
      <span key={at} className={classes.turn}>
        <span className={classes.role}>{message.role}</span>
        <span dir="auto">{message.content}</span>
      </span>
    ));
  }
  if (value === null) return <span className={classes.nothing}>null</span>;
  return typeof value === "object" ? <code className={classes.json}>{JSON.stringify(value)}</code> : <>{textOf(value)}</>;
}

function isConversation(value: unknown): value is readonly Message[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((member: unknown) => typeof member === "object" && member !== null && "role" in member && "content" in member)
  );
}
