import { languageName } from "@/pages/content/shapes";
import { outcomeWords } from "@/pages/preferences/comparisons/wording";
import { AppLink, type Column, count, sentenceCase, Time } from "@/ui";
import type { Clause } from "../shapes";
import type { RecordsPlace } from "./place";
import type { ListedRecord } from "./queries";
import classes from "./Records.module.css";

/** Where a record is shown whole. */
export function targetOf(projectId: string, record: ListedRecord): string {
  const base = `/p/${projectId}`;
  switch (record.target) {
    case "comparison":
      return `${base}/comparisons/${record.target_id}`;
    case "slate":
      return `${base}/slates/${record.target_id}`;
    case "precedent":
      return `${base}/precedents/${record.target_id}`;
    case "dataset_version":
      return `${base}/datasets/${record.parent_id ?? ""}/versions/${record.target_id}`;
    case "post":
      return `${base}/posts/${record.target_id}`;
  }
}

/** What is worth telling of the records of this list. */
export function columnsOf(place: RecordsPlace, clauses: ReadonlyMap<string, Clause>, projectId: string, isOneRule: boolean): Column<ListedRecord>[] {
  const isVersions = place.noun === "dataset versions";
  const isDecided = place.becomes !== null || ["decisions", "comparison decisions", "rating decisions"].includes(place.noun ?? "");
  const columns: Column<ListedRecord>[] = [
    {
      key: "what",
      header: itemOf(place),
      render: (row) => (
        <span className={classes.what}>
          <AppLink to={targetOf(projectId, row)}>{row.name}</AppLink>
          {row.beginning !== "" && (
            <span className={classes.beginning} dir="auto">
              {row.beginning}
            </span>
          )}
        </span>
      ),
    },
  ];
  if (!isOneRule) {
    columns.push({ key: "clause", header: "Rule", width: "160px", render: (row) => clauses.get(row.clause_key)?.document.title ?? row.clause_key });
  }
  if (isVersions) {
    columns.push({ key: "rows", header: "Rows that rest on it", width: "180px", align: "end", render: (row) => count(row.rows ?? 0) });
  } else {
    columns.push({ key: "answer", header: "Answer", width: "190px", render: (row) => answerOf(row, clauses.get(row.clause_key)) });
    columns.push({ key: "language", header: "Language", width: "105px", render: (row) => (row.language === "" ? "Unknown" : languageName(row.language)) });
  }
  if (isDecided) columns.push({ key: "method", header: "Decided", width: "115px", render: (row) => sentenceCase(row.method) });
  columns.push({ key: "when", header: "When", width: "130px", render: (row) => <Time at={row.created_at} /> });
  return columns;
}

/** What the records of a list are about. */
function itemOf({ noun, becomes }: RecordsPlace): string {
  if (noun === "dataset versions") return "Version";
  if (noun === "judgments" || noun === "comparison decisions") return "Comparison";
  if (noun === "ratings" || noun === "rating decisions") return "Slate";
  if (noun === "response assessments") return "Comparison or slate";
  return noun === "gold items" || becomes !== null ? "Post or comparison" : "Post";
}

/** Where several answers are known to be right they stand in one text, with commas. */
function answerOf(record: ListedRecord, clause: Clause | undefined): string {
  const { answers = [], severities = [] } = clause?.document ?? {};
  const label =
    record.target === "comparison"
      ? record.answer.split(", ").map(outcomeWords).join(" or ")
      : (answers.find(({ value }) => value === record.answer)?.label ?? record.answer);
  if (record.severity === null) return label;
  const step = severities.find(({ value }) => value === record.severity)?.label ?? String(record.severity);
  return label === "" ? step : `${label}, ${step.toLowerCase()}`;
}
