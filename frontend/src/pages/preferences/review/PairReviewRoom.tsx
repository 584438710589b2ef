import { percent, plural } from "@/ui";
import { MethodBadge } from "@/work/review/MethodBadge";
import { PairCase } from "./PairCase";
import { comparisonsPage, type SampledComparison } from "./reading";
import { type Reviewed, ReviewRoom } from "./ReviewRoom";

const comparisons: Reviewed<SampledComparison> = {
  current: "comparisons",
  thing: "comparison",
  scope: "pairs",
  nobodyDiffers: "Comparisons on which no answer has a majority, or too small a one, appear here. Without “People differ” you see the others.",
  nothingWaits: {
    title: "No judgment waits for review",
    words: "Judgments that nobody reviewed yet appear here, save those of tasks you answered yourself. A wider choice may hold more.",
  },
  page: comparisonsPage,
  idOf: (row) => row.comparison_id,
  rowOf: (row, titleOf) => ({
    name: row.external_id,
    about: row.undecided.length === 0 ? plural(row.judgments, "judgment") : row.undecided.map(titleOf).join(", "),
    excerpt: row.excerpt,
    foot: (
      <>
        {row.undecided.length > 0 && <MethodBadge method="undecided" />}
        {row.undecided.length > 0 && plural(row.judgments, "judgment")}
        {row.agreement !== null && <span>{percent(row.agreement, 0)} agree at least</span>}
      </>
    ),
  }),
  caseOf: (id, choice, onSettled) => <PairCase key={id} comparisonId={id} choice={choice} onSettled={onSettled} />,
};

/** `/p/:id/review/comparisons`: judgments of comparisons to look at, and axes to decide. */
export default function PairReviewRoom() {
  return <ReviewRoom reviewed={comparisons} />;
}
