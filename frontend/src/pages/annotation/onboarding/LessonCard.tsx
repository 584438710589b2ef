import { type Column, DataTable, Panel, StatusBadge } from "@/ui";
import { hasMarks, LessonPost } from "./LessonPost";
import classes from "./Onboarding.module.css";
import type { Lesson, LessonClause } from "./queries";

const columns: readonly Column<LessonClause>[] = [
  { key: "clause", header: "Clause", render: (row) => row.title },
  { key: "given", header: "Your answer", render: (row) => words(row.given, row.given_severity) },
  { key: "known", header: "Known answer", render: (row) => <strong>{words(row.known, row.known_severity)}</strong> },
  {
    key: "result",
    header: "",
    width: "190px",
    render: (row) => <StatusBadge state={row.passed ? "passed" : "missed"} tone={row.passed ? "good" : "wait"} label={resultOf(row)} />,
  },
];

/**
 * One post of the introduction after its answer: what is known beside what was said, and why it is so. The post itself
 * is drawn where one lesson stands alone, since its keys are for one post.
 */
export function LessonCard({ lesson, projectId, isAlone = false }: { lesson: Lesson; projectId: string; isAlone?: boolean }) {
  const reasons = lesson.clauses.filter((clause) => clause.reason !== "");
  return (
    <Panel
      title={lesson.external_id}
      note={lesson.passed ? "As known." : "The known answer differs from yours."}
      actions={
        <a href={`/p/${projectId}/label?lease=${lesson.lease_id}`} target="_blank" rel="noreferrer">
          Look at the post again, in another tab
        </a>
      }
      flush
    >
      <DataTable label={`answers to ${lesson.external_id}`} rows={lesson.clauses} columns={columns} rowKey={(row) => row.clause_key} />
      {isAlone && lesson.post !== null && hasMarks(lesson) && <LessonPost lesson={lesson} post={lesson.post} />}
      {(lesson.explanation !== "" || reasons.length > 0) && (
        <div className={classes.why}>
          <h3>Why it is so</h3>
          {lesson.explanation !== "" && <p dir="auto">{lesson.explanation}</p>}
          {reasons.map((clause) => (
            <p key={clause.clause_key} dir="auto">
              <strong>{clause.title}:</strong> {clause.reason}
            </p>
          ))}
        </div>
      )}
    </Panel>
  );
}

function words(answer: string, severity: string): string {
  return severity === "" ? answer : `${answer}, ${severity}`;
}

function resultOf(row: LessonClause): string {
  if (row.passed) return "As known";
  if (row.right_severity === false) return "Another severity";
  return row.marks_missed ? "Marks are missing" : "Another answer";
}
