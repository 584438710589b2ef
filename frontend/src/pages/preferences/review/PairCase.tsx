import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Button } from "@mantine/core";
import { ErrorState, Kbd, LoadingState, useShortcuts } from "@/ui";
import { CaseSide, Quiet } from "@/work/cases/CaseRoom";
import { ChoiceRow } from "@/work/ChoiceRow";
import { bound, keyOf } from "@/work/keyTables";
import { useOwnWordsOfMany } from "@/work/rule/useWording";
import type { ReviewOutcome, SampleChoice } from "@/work/review/words";
import { builtInCover } from "@/work/seeing/shapes";
import { AxisRow } from "../compare/AxisRow";
import { Conversation } from "../compare/Conversation";
import { type AxisAnswer, missingIn, nextOpenAxis, withAnswer, withRewrite } from "../compare/judgment";
import type { DeskModel, ScaleModel } from "../compare/model";
import { PostAside } from "../compare/PostAside";
import { PlayedTogether, TogetherBar } from "../media/TogetherBar";
import { pairCommands } from "./commands";
import { DecidingForm } from "./DecidingForm";
import { JudgmentForm } from "./JudgmentForm";
import { JudgmentTable } from "./JudgmentTable";
import { OwnJudgment } from "./OwnJudgment";
import { PairHistory } from "./PairHistory";
import { type GivenJudgment, type ReviewedAxis, type ReviewedComparison, reviewedQuery } from "./reading";
import { ScaleEnds } from "./ScaleEnds";
import { TwoResponses } from "./TwoResponses";
import { amendmentProblem, currentDecision, firstAxis, firstJudgment, inOrder, judgedOf, names, newestAxes, reviewedMaterial, startOf } from "./told";
import classes from "./PairReview.module.css";

/** One comparison with everything said about it. */
export function PairCase({ comparisonId, choice, onSettled }: { comparisonId: string; choice: SampleChoice; onSettled: () => void }) {
  const { data, error, refetch } = useQuery(reviewedQuery(comparisonId));
  const axes = useOwnWordsOfMany(data?.axes ?? none);
  const comparison = useMemo(() => data && { ...data, axes }, [data, axes]);
  if (comparison === undefined) {
    return (
      <Quiet>
        {error !== null ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState label="Loading the judgments" lines={8} />}
      </Quiet>
    );
  }
  const judgment = firstJudgment(comparison.judgments, choice.person);
  const axis = firstAxis(comparison, choice.clauseKey);
  if (judgment === undefined || axis === undefined) return <Quiet>Nobody has judged this comparison yet.</Quiet>;
  return <Case comparison={comparison} choice={choice} firstAxis={axis} first={judgment} onSettled={onSettled} />;
}

const none: readonly ReviewedAxis[] = [];
const works = [
  { value: "deciding", label: "Decide the axis" },
  { value: "reviewing", label: "Review a judgment" },
] as const;
type Work = (typeof works)[number]["value"];

function Case({
  comparison,
  choice,
  firstAxis: begun,
  first,
  onSettled,
}: {
  comparison: ReviewedComparison;
  choice: SampleChoice;
  firstAxis: ReviewedAxis;
  first: GivenJudgment;
  onSettled: () => void;
}) {
  const queries = useQueryClient();
  const axes = newestAxes(comparison.axes);
  const judgments = inOrder(comparison.judgments);
  const [work, setWork] = useState<Work>(choice.isDisputed ? "deciding" : "reviewing");
  const [axisKey, setAxisKey] = useState(begun.key);
  const [chosenId, setChosen] = useState(first.submission_id);
  const [outcome, setOutcome] = useState<ReviewOutcome>("accepted");
  const [decided, setDecided] = useState<AxisAnswer | null>(null);
  const [isComparingWords, setComparingWords] = useState(false);
  const axis = axes.find(({ key }) => key === axisKey) ?? begun;
  const chosen = judgments.find(({ submission_id: id }) => id === chosenId) ?? first;
  const judged = judgedOf(comparison, chosen);
  const [own, setOwn] = useState(() => startOf(first));
  const show = (submissionId: string): void => {
    const next = judgments.find(({ submission_id: id }) => id === submissionId);
    if (next === undefined) return;
    setChosen(submissionId);
    setOutcome("accepted");
    setOwn(startOf(next));
  };
  const showAxis = (key: string): void => {
    setAxisKey(key);
    setDecided(null);
  };
  const step = (by: number): void => {
    const next = judgments[(judgments.findIndex((each) => each === chosen) + by + judgments.length) % judgments.length];
    if (next !== undefined) show(next.submission_id);
  };
  useShortcuts(
    bound(pairCommands, {
      "pairs.next-axis": () => showAxis(axes[(axes.findIndex((each) => each === axis) + 1) % axes.length]?.key ?? axis.key),
      "pairs.next-person": () => step(1),
      "pairs.previous-person": () => step(-1),
      "pairs.words": () => setComparingWords((before) => !before),
      "pairs.decide": () => setWork(work === "deciding" ? "reviewing" : "deciding"),
    }),
  );
  const isAmending = work === "reviewing" && outcome === "amended";
  const amending: DeskModel = {
    room: "pair-reviewing",
    names,
    bundle: judged,
    leaseId: null,
    judgment: own,
    oldAnswers: [],
    oldRatings: [],
    oldCitations: [],
    activeKey: axisKey,
    setActiveKey: showAxis,
    change: setOwn,
    answer: (key, answer) => {
      const next = withAnswer(own, key, answer);
      setOwn(next);
      setAxisKey(nextOpenAxis(next, judged, key) ?? key);
    },
    rewrite: (position, text) => setOwn(withRewrite(own, position, text)),
  };
  const deciding: ScaleModel = {
    room: "pair-deciding",
    names,
    judgment: { axes: decided === null ? {} : { [axis.key]: decided } },
    oldAnswers: [],
    activeKey: axis.key,
    setActiveKey: showAxis,
    answer: (_key, answer) => setDecided(answer),
  };
  const done = (): void => {
    void queries.invalidateQueries({ queryKey: ["comparison-review", comparison.id] });
    void queries.invalidateQueries({ queryKey: ["unclear"] });
  };
  return (
    <>
      <div className={classes.middle} tabIndex={0} role="region" aria-label="The comparison">
        {comparison.post_id !== null && <PostAside postId={comparison.post_id} leaseId={null} cover={builtInCover} />}
        <Conversation messages={comparison.messages} language={comparison.language} material={reviewedMaterial(comparison.material_id)} />
        <Button
          className={classes.words}
          size="xs"
          variant={isComparingWords ? "light" : "default"}
          aria-pressed={isComparingWords}
          rightSection={<Kbd {...keyOf(pairCommands, "pairs.words")} quiet />}
          onClick={() => setComparingWords((before) => !before)}
        >
          Differences
        </Button>
        <PlayedTogether>
          <TogetherBar />
          {isAmending ? (
            <OwnJudgment model={amending} isComparingWords={isComparingWords} />
          ) : (
            <TwoResponses comparison={comparison} isComparingWords={isComparingWords} />
          )}
        </PlayedTogether>
        {work === "deciding" && (
          <section className={classes.scale} aria-label="What holds">
            <ScaleEnds />
            <AxisRow axis={axis} model={deciding} isChecked={false} isStacked />
          </section>
        )}
        <JudgmentTable
          comparison={comparison}
          axes={axes}
          judgments={judgments}
          activeAxis={axis.key}
          activeId={work === "reviewing" ? chosen.submission_id : null}
          onChoose={(submissionId) => {
            setWork("reviewing");
            show(submissionId);
          }}
        />
      </div>
      <CaseSide room="pairs" label="What you say to it" rule={axis}>
        {axes.length > 1 && (
          <ChoiceRow label="Axis on the screen" options={axes.map(({ key, title }) => ({ value: key, label: title }))} value={axis.key} onChoose={showAxis} />
        )}
        <ChoiceRow label="What to do" isLabelShown hint={<Kbd {...keyOf(pairCommands, "pairs.decide")} quiet />} options={[...works]} value={work} onChoose={setWork} />
        {work === "deciding" ? (
          <DecidingForm
            key={axis.key}
            comparisonId={comparison.id}
            axis={axis}
            decided={decided}
            onDecide={setDecided}
            seenDecisionId={currentDecision(comparison.decisions, axis)?.id ?? null}
            onDecided={() => {
              done();
              onSettled();
            }}
          />
        ) : (
          <JudgmentForm
            key={chosen.submission_id}
            judgment={chosen}
            choice={choice}
            judged={judged}
            own={own}
            outcome={outcome}
            onOutcome={setOutcome}
            lacking={amendmentProblem(chosen, own, judged, missingIn(own, judged, names))}
            onAnswer={(answer) => amending.answer(axisKey, answer)}
            onReviewed={() => {
              done();
              const left = judgments.filter((each) => each.counts && !each.is_reviewers && each.reviews.length === 0 && each !== chosen);
              const [next] = left;
              if (outcome === "amended" || next === undefined) onSettled();
              else show(next.submission_id);
            }}
          />
        )}
        <PairHistory axis={axis} decisions={comparison.decisions} />
      </CaseSide>
    </>
  );
}
