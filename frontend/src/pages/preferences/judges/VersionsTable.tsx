import { useNavigate } from "@tanstack/react-router";
import { AppLink, type Column, count, DataTable, StatusBadge, Time } from "@/ui";
import { shareTold, type Told } from "../judging/figures";
import { Whisker } from "../judging/Whisker";
import classes from "./judges.module.css";
import { type JudgeVersion, isUnderWay } from "./queries";
import { changesTold, firstMark, firstTold, kappaTold, type Measured, versionWords } from "./words";

/** Every judge with its versions under each other, the newest first. */
export function VersionsTable({ versions, base }: { versions: readonly JudgeVersion[]; base: string }) {
  const navigate = useNavigate();
  return (
    <DataTable
      label="Judges"
      columns={columns(base)}
      rows={versions}
      rowKey={(version) => version.id}
      onOpen={(version) => {
        if (version.run !== null) void navigate({ to: `${base}/${version.id}` });
      }}
    />
  );
}

function columns(base: string): readonly Column<JudgeVersion>[] {
  return [
    {
      key: "judge",
      header: "Judge",
      width: "200px",
      render: (version) => (
        <span className={classes.name}>
          {version.run === null ? <b>{version.judge}</b> : <AppLink to={`${base}/${version.id}`}>{version.judge}</AppLink>}
          <span className={classes.soft}>{versionWords(version)}</span>
          <span className={classes.soft}>
            <Time at={version.began_at} /> <State version={version} />
          </span>
        </span>
      ),
    },
    { key: "comparisons", header: "Judged", width: "70px", align: "end", render: (version) => (version.figures === null ? "—" : count(version.figures.comparisons)) },
    { key: "kappa", header: "κ with people", render: (version) => <Drawn measured={version.figures?.kappa} told={kappaTold} from={-0.2} to={1} none={0} /> },
    { key: "agreement", header: "As people say", render: (version) => <Words told={version.figures === null ? nothing : shareTold(version.figures.agreement, "people decided none")} /> },
    { key: "same", header: "Same when turned", render: (version) => <Words told={version.figures === null ? nothing : shareTold(version.figures.same, "asked in one order")} /> },
    {
      key: "first",
      header: "First place wins",
      render: (version) => <Drawn measured={version.figures?.first} told={firstTold} from={0} to={1} none={0.5} mark={version.figures === null ? null : firstMark(version.figures.first)} />,
    },
    { key: "changes", header: "Changed since before", render: (version) => <Words told={version.figures === null ? nothing : changesTold(version.changes)} /> },
  ];
}

const nothing: Told = { value: "—", note: "no answers yet" };

function State({ version }: { version: JudgeVersion }) {
  if (version.source === "member") return <StatusBadge state="simulated" label="Member" />;
  if (version.source === "imported") return <StatusBadge state="model" label="Brought in" />;
  const run = version.run;
  if (run === null || run.finished_at !== null) return run?.stopped_by ? <StatusBadge state="paused" label="Stopped by its limit" /> : null;
  if (!isUnderWay(run)) return <StatusBadge state={run.job?.state ?? "pending"} />;
  return (
    <>
      <StatusBadge state={run.job?.state ?? "pending"} /> {count(run.made_calls)} of {count(run.planned_calls)}
    </>
  );
}

function Drawn({
  measured,
  told,
  from,
  to,
  none,
  mark = null,
}: {
  measured: Measured | undefined;
  told: (measured: Measured) => Told;
  from: number;
  to: number;
  none: number;
  mark?: string | null;
}) {
  if (measured === undefined) return <Words told={nothing} />;
  const { value, low, high } = measured;
  return (
    <span className={classes.told}>
      {value !== null && low !== null && high !== null && <Whisker value={{ size: value, low, high }} from={from} to={to} none={none} />}
      <Words told={told(measured)} />
      {mark !== null && <span className={classes.mark}>{mark}</span>}
    </span>
  );
}

export function Words({ told }: { told: Told }) {
  return (
    <span className={classes.told}>
      {told.value}
      <span className={classes.soft}>{told.note}</span>
    </span>
  );
}
