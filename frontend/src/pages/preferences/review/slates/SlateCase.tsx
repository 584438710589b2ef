import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ErrorState, Kbd, LoadingState, useShortcuts } from "@/ui";
import { CaseSide, Quiet } from "@/work/cases/CaseRoom";
import { ChoiceRow } from "@/work/ChoiceRow";
import { bound, keyOf } from "@/work/keyTables";
import type { ReviewOutcome, SampleChoice } from "@/work/review/words";
import { useOwnWordsOfMany } from "@/work/rule/useWording";
import { builtInCover } from "@/work/seeing/shapes";
import { AxisRow } from "../../compare/AxisRow";
import { Conversation } from "../../compare/Conversation";
import { type AxisAnswer, missingIn } from "../../compare/judgment";
import type { ScaleModel } from "../../compare/model";
import { PostAside } from "../../compare/PostAside";
import { PlayedTogether, TogetherBar } from "../../media/TogetherBar";
import { DecidingForm } from "../DecidingForm";
import { JudgmentForm } from "../JudgmentForm";
import { PairHistory } from "../PairHistory";
import type { ReviewedAxis } from "../reading";
import { newestAxes, reviewedMaterial } from "../told";
import { AnswerTable } from "./AnswerTable";
import { slateCaseCommands } from "./commands";
import { OwnAnswer } from "./OwnAnswer";
import { type GivenAnswer, type ReviewedSlate, reviewedSlateQuery } from "./reading";
import { Responses } from "./Responses";
import { answerProblem, answersInOrder, axisToBegin, decisionOf, firstAnswer, judgedSlateOf, letterOf, letters, pairsToDecide, startOfAnswer } from "./told";
import classes from "../PairReview.module.css";

/** One slate with everything said about its responses. */
export function SlateCase({ slateId, choice, onSettled }: { slateId: string; choice: SampleChoice; onSettled: () => void }) {
  const { data, error, refetch } = useQuery(reviewedSlateQuery(slateId));
  const axes = useOwnWordsOfMany(data?.axes ?? none);
  const slate = useMemo(() => data && { ...data, axes }, [data, axes]);
  if (slate === undefined) {
    return (
      <Quiet>
        {error !== null ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState label="Loading the answers" lines={8} />}
      </Quiet>
    );
  }
  const answer = firstAnswer(slate.answers, choice.person);
  const axis = axisToBegin(slate, newestAxes(slate.axes), choice.clauseKey);
  if (answer === undefined || axis === undefined) return <Quiet>Nobody has placed these responses on an axis yet.</Quiet>;
  return <Case slate={slate} choice={choice} begun={axis} first={answer} onSettled={onSettled} />;
}

const none: readonly ReviewedAxis[] = [];
const works = [
  { value: "deciding", label: "Decide a pair" },
  { value: "reviewing", label: "Review an answer" },
] as const;
type Work = (typeof works)[number]["value"];

interface CaseProps {
  slate: ReviewedSlate;
  choice: SampleChoice;
  begun: ReviewedAxis;
  first: GivenAnswer;
  onSettled: () => void;
}

function Case({ slate, choice, begun, first, onSettled }: CaseProps) {
  const queries = useQueryClient();
  const axes = newestAxes(slate.axes);
  const answers = answersInOrder(slate.answers);
  const [axisKey, setAxisKey] = useState(begun.key);
  const axis = axes.find(({ key }) => key === axisKey) ?? begun;
  const pairs = pairsToDecide(slate, axis);
  const [wished, setWork] = useState<Work>(choice.isDisputed ? "deciding" : "reviewing");
  const work: Work = pairs.length === 0 ? "reviewing" : wished;
  const [chosenId, setChosen] = useState(first.submission_id);
  const [pairId, setPairId] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<ReviewOutcome>("accepted");
  const [decided, setDecided] = useState<AxisAnswer | null>(null);
  const [own, setOwn] = useState(() => startOfAnswer(first));
  const chosen = answers.find(({ submission_id: id }) => id === chosenId) ?? first;
  const pair = pairs.find(({ comparison_id: id }) => id === pairId) ?? pairs[0];
  const judged = judgedSlateOf(slate, chosen);
  const show = (submissionId: string): void => {
    const next = answers.find(({ submission_id: id }) => id === submissionId);
    if (next === undefined) return;
    setChosen(submissionId);
    setOutcome("accepted");
    setOwn(startOfAnswer(next));
  };
  const showPair = (id: string | undefined): void => {
    setPairId(id ?? null);
    setDecided(null);
  };
  const showAxis = (key: string): void => {
    setAxisKey(key);
    showPair(undefined);
  };
  const step = (by: number): void => {
    const next = answers[(answers.findIndex((each) => each === chosen) + by + answers.length) % answers.length];
    if (next !== undefined) show(next.submission_id);
  };
  useShortcuts(
    bound(slateCaseCommands, {
      "slates.next-axis": () => showAxis(axes[(axes.findIndex((each) => each === axis) + 1) % axes.length]?.key ?? axis.key),
      "slates.next-person": () => step(1),
      "slates.previous-person": () => step(-1),
      "slates.next-pair": () => showPair(pairs[(pairs.findIndex((each) => each === pair) + 1) % pairs.length]?.comparison_id),
      "slates.decide": () => setWork(work === "deciding" ? "reviewing" : "deciding"),
    }),
  );
  const done = (): void => {
    void queries.invalidateQueries({ queryKey: ["slate-review", slate.id] });
    void queries.invalidateQueries({ queryKey: ["unclear"] });
  };
  const isAmending = work === "reviewing" && outcome === "amended";
  const isPairOpen = work === "deciding" && pair !== undefined;
  return (
    <>
      <div className={classes.middle} tabIndex={0} role="region" aria-label="The slate">
        {slate.post_id !== null && <PostAside postId={slate.post_id} leaseId={null} cover={builtInCover} />}
        <Conversation messages={slate.messages} language={slate.language} material={reviewedMaterial(slate.material_id)} />
        <PlayedTogether>
          <TogetherBar />
          {isAmending ? (
            <OwnAnswer judged={judged} own={own} onChange={setOwn} axisKey={axis.key} onAxis={setAxisKey} />
          ) : (
            <Responses responses={slate.responses} language={slate.language} among={isPairOpen ? [pair.one, pair.other] : null} />
          )}
        </PlayedTogether>
        {isPairOpen && (
          <section className={classes.scale} aria-label={`What holds of ${letterOf(pair.one)} and ${letterOf(pair.other)}`}>
            <AxisRow axis={axis} model={scaleOf(pair, axis, decided, setDecided)} isChecked={false} isStacked />
          </section>
        )}
        <AnswerTable
          slate={slate}
          axis={axis}
          answers={answers}
          activeId={work === "reviewing" ? chosen.submission_id : null}
          onChoose={(submissionId) => {
            setWork("reviewing");
            show(submissionId);
          }}
        />
      </div>
      <CaseSide room="slates" label="What you say to it" rule={axis}>
        {axes.length > 1 && (
          <ChoiceRow label="Axis on the screen" options={axes.map(({ key, title }) => ({ value: key, label: title }))} value={axis.key} onChoose={showAxis} />
        )}
        {pairs.length > 0 && (
          <ChoiceRow label="What to do" isLabelShown hint={<Kbd {...keyOf(slateCaseCommands, "slates.decide")} quiet />} options={[...works]} value={work} onChoose={setWork} />
        )}
        {isPairOpen ? (
          <>
            <ChoiceRow
              label="Which two"
              isLabelShown
              hint={<Kbd {...keyOf(slateCaseCommands, "slates.next-pair")} quiet />}
              options={pairs.map((each) => ({ value: each.comparison_id, label: pairWords(each, axis) }))}
              value={pair.comparison_id}
              onChoose={showPair}
            />
            <DecidingForm
              key={`${axis.key} ${pair.comparison_id}`}
              comparisonId={pair.comparison_id}
              axis={axis}
              decided={decided}
              onDecide={setDecided}
              seenDecisionId={decisionOf(pair, axis)?.id ?? null}
              onDecided={() => {
                done();
                const left = pairs.filter((each) => each !== pair && decisionOf(each, axis)?.method === "undecided");
                if (left[0] === undefined) onSettled();
                else showPair(left[0].comparison_id);
              }}
            />
            <PairHistory axis={axis} decisions={pair.decisions} names={[letterOf(pair.one), letterOf(pair.other)]} />
          </>
        ) : (
          <JudgmentForm
            key={chosen.submission_id}
            judgment={chosen}
            choice={choice}
            judged={judged}
            own={own}
            outcome={outcome}
            onOutcome={setOutcome}
            lacking={answerProblem(chosen, own, judged, missingIn(own, judged, letters))}
            onAnswer={null}
            onReviewed={() => {
              done();
              const left = answers.filter((each) => each.counts && !each.is_reviewers && each.reviews.length === 0 && each !== chosen);
              if (outcome === "amended" || left[0] === undefined) onSettled();
              else show(left[0].submission_id);
            }}
          />
        )}
      </CaseSide>
    </>
  );
}

/** The scale between the two responses of a pair, by their letters. */
function scaleOf(
  pair: { readonly one: number; readonly other: number },
  axis: ReviewedAxis,
  decided: AxisAnswer | null,
  decide: (answer: AxisAnswer) => void,
): ScaleModel {
  return {
    room: "pair-deciding",
    names: { ...letters, first: letterOf(pair.one), second: letterOf(pair.other) },
    judgment: { axes: decided === null ? {} : { [axis.key]: decided } },
    oldAnswers: [],
    activeKey: axis.key,
    setActiveKey: () => undefined,
    answer: (_key, answer) => decide(answer),
  };
}

function pairWords(pair: ReviewedSlate["pairs"][number], axis: ReviewedAxis): string {
  const two = `${letterOf(pair.one)} and ${letterOf(pair.other)}`;
  return decisionOf(pair, axis)?.method === "undecided" ? `${two}, undecided` : two;
}
