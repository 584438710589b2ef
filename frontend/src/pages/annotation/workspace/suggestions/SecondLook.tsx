import { IconEyeQuestion } from "@tabler/icons-react";
import { fromLabelDocument, type LabelDocument } from "@/editor/labelDocument";
import { plural } from "@/ui";
import { TaskNotice } from "@/work/TaskNotices";
import { useWorkspace } from "../context";
import { isSecondLook } from "./items";

/** After the answer: how far a model thought otherwise, and that the answer may be changed or kept. */
export function SecondLook() {
  const { bundle, suggested } = useWorkspace();
  if (!isSecondLook(bundle) || bundle.submission === null) return null;
  const given = new Map(
    fromLabelDocument(bundle.submission.document as LabelDocument).flatMap((record) => (record.type === "verdict" ? [[record.clauseKey, record.answer] as const] : [])),
  );
  const answers = suggested.items.filter(({ answer }) => answer !== null);
  const apart = new Set(answers.filter(({ answer, clauseKey }) => given.get(clauseKey) !== answer).map(({ clauseKey }) => clauseKey)).size;
  const asked = new Set(answers.map(({ clauseKey }) => clauseKey)).size;
  return (
    <TaskNotice icon={IconEyeQuestion}>
      {asked === 0 ? "Here is what a model marked." : apart === 0 ? "A model answered as you did." : `A model answered ${apart} of ${plural(asked, "question")} otherwise.`} Submit
      as it is to keep your answer, or change it first: both answers are stored.
    </TaskNotice>
  );
}
