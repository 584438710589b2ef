import { plural } from "@/ui";
import { MethodBadge } from "@/work/review/MethodBadge";
import { formWords } from "../../comparisons/wording";
import { type Reviewed, ReviewRoom } from "../ReviewRoom";
import { type SampledSlate, slatesPage } from "./reading";
import { SlateCase } from "./SlateCase";

const slates: Reviewed<SampledSlate> = {
  current: "slates",
  thing: "slate",
  scope: "slates",
  nobodyDiffers: "Slates appear here where no order of two responses has a majority, or too small a one, and where ratings lie apart.",
  nothingWaits: {
    title: "No answer waits for review",
    words: "Answers about several responses that nobody reviewed yet appear here, save those of tasks you answered yourself.",
  },
  page: slatesPage,
  idOf: (row) => row.id,
  rowOf: (row, titleOf) => ({
    name: row.external_id,
    about: row.undecided.length === 0 ? row.asked.map(({ form }) => formWords(form)).join(", ") : row.undecided.map(titleOf).join(", "),
    excerpt: row.excerpt,
    foot: (
      <>
        {row.undecided.length > 0 && <MethodBadge method="undecided" />}
        <span>
          {plural(row.size, "response")}, {plural(row.answers, "answer")}
        </span>
      </>
    ),
  }),
  caseOf: (id, choice, onSettled) => <SlateCase key={id} slateId={id} choice={choice} onSettled={onSettled} />,
};

/** `/p/:id/review/slates`: answers about several responses at once to look at, and pairs of them to decide. */
export default function SlateReviewRoom() {
  return <ReviewRoom reviewed={slates} />;
}
