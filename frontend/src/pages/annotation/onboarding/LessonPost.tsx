import { useMemo, useState } from "react";
import type { components } from "@/api/schema";
import type { Given } from "../review/CaseView";
import { ReviewedPost } from "../review/ReviewedPost";
import classes from "./Onboarding.module.css";
import type { Lesson } from "./queries";

type Post = components["schemas"]["LabelPostOutput"];

/** The post of a lesson with the known marks drawn over one's own: two colours, and whose they are in words. */
export function LessonPost({ lesson, post }: { lesson: Lesson; post: Post }) {
  const given = useMemo(() => twoSides(lesson), [lesson]);
  const [side, setSide] = useState<string | null>(null);
  const answers = useMemo(() => ({ post, releases: [] }), [post]);
  return (
    <div className={classes.post}>
      <p className={classes.sides}>
        {given.map(({ submission, verdict }, index) => (
          <button
            key={submission.id}
            type="button"
            className={classes.side}
            aria-pressed={side === submission.id}
            onClick={() => setSide(side === submission.id ? null : submission.id)}
          >
            {index + 1}. {submission.person.pseudonym} ({verdict.evidence.length})
          </button>
        ))}
      </p>
      <ReviewedPost answers={answers} given={given} activePerson={side} onPerson={setSide} leaseId={lesson.lease_id} />
    </div>
  );
}

/** Whether there is a mark to look at on either side. */
export function hasMarks(lesson: Lesson): boolean {
  return lesson.clauses.some((clause) => clause.known_marks.length > 0 || clause.given_marks.length > 0);
}

/** What is known and what was answered, as two people would have: the drawing numbers and colours them. */
function twoSides(lesson: Lesson): Given[] {
  const sides = [
    { id: "known", name: "Known marks", evidence: lesson.clauses.flatMap((clause) => clause.known_marks) },
    { id: "own", name: "Your marks", evidence: lesson.clauses.flatMap((clause) => clause.given_marks) },
  ];
  return sides.map(({ id, name, evidence }) => ({
    submission: {
      id,
      person: { pseudonym: name, is_simulated: false },
      release_id: "",
      created_at: "",
      active_ms: 0,
      is_late: false,
      counts: true,
      is_superseded: false,
      notes: "",
      supersedes_id: null,
      reviews: [],
      verdicts: [],
    },
    verdict: {
      clause_key: id,
      meaning_revision: 0,
      answer: "",
      severity: null,
      confidence: null,
      reason: "",
      is_assisted: false, precedents: [],
      evidence,
    },
  }));
}
