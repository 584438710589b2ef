import { StatusBadge } from "@/ui";
import { acceptanceWords } from "../comparisons/wording";
import { OwnWords } from "../compare/Words";
import { wordDifference } from "../compare/words";
import { Material } from "../media/Material";
import { SafeText } from "../SafeText";
import { builtInCover } from "@/work/seeing/shapes";
import { type ReviewedComparison, type Side, sides } from "./reading";
import classes from "./PairReview.module.css";

function ReviewedMedia({ postId, side }: { postId: string | null; side: Side }) {
  return postId === null ? null : <Material postId={postId} of={`response ${side.toUpperCase()}`} leaseId={null} cover={builtInCover} />;
}

/** Both responses as they are stored, by neutral names: which model wrote them is not told. */
export function TwoResponses({ comparison, isComparingWords }: { comparison: ReviewedComparison; isComparingWords: boolean }) {
  const at = (side: Side) => comparison.responses.find((response) => response.side === side);
  const textOf = (side: Side): string => at(side)?.text ?? "";
  return (
    <div className={classes.pair}>
      {sides.map((side) => {
        const { label, tone, icon } = acceptanceWords(comparison.acceptance.find((each) => each.side === side));
        return (
          <section key={side} className={classes.response} aria-label={`Response ${side.toUpperCase()}`}>
            <header className={classes.head}>
              <h2 className={classes.name}>{side.toUpperCase()}</h2>
              <StatusBadge state={label} label={label} tone={tone} icon={icon} />
            </header>
            <div lang={comparison.language === "" ? undefined : comparison.language}>
              {isComparingWords ? (
                <OwnWords pieces={wordDifference(textOf("a"), textOf("b"))} own={side === "a" ? "gone" : "new"} />
              ) : (
                <>
                  <ReviewedMedia postId={at(side)?.material_id ?? null} side={side} />
                  <SafeText text={textOf(side)} />
                </>
              )}
            </div>
          </section>
        );
      })}
    </div>
  );
}
