import { useQuery } from "@tanstack/react-query";
import { count, Facts, Figures, PageHeader, Panel, percent, plural, QueryView, sentenceCase, Stacked, Time, useRouteParam } from "@/ui";
import { CostPanel } from "./CostPanel";
import { HarmFoundPanel } from "./HarmFoundPanel";
import { HarmHistogram } from "./HarmHistogram";
import { HeldOutFigures } from "./HeldOutFigures";
import { LearningCurve } from "./LearningCurve";
import { answerCounts, armsOf, harmBins, numberOf, partOf } from "./metrics";
import { PicksTable } from "./PicksTable";
import { quotaWords } from "./quotas/quotas";
import { releaseQuery, type Round, roundQuery, strategiesQuery } from "./queries";
import classes from "./RoundPage.module.css";
import { RunProgress, RunState } from "./RunState";

/** `/p/:id/rounds/:roundId`: what one round learned, chose, and why. */
export default function RoundPage() {
  const round = useQuery(roundQuery(useRouteParam("roundId")));
  return <QueryView query={round}>{(found) => <RoundView round={found} />}</QueryView>;
}

function RoundView({ round }: { round: Round }) {
  const strategies = useQuery(strategiesQuery);
  const release = useQuery(releaseQuery(round.release_id));
  const clause = release.data?.clauses.find((one) => one.key === round.clause_key)?.document;
  const strategyLabel = (name: string): string =>
    strategies.data?.find((strategy) => strategy.name === name)?.label ?? sentenceCase(name);
  const answerLabel = (value: string): string => clause?.answers.find((answer) => answer.value === value)?.label ?? value;
  const isDone = round.finished_at !== null;
  return (
    <>
      <PageHeader
        title={`Round on ${clause?.title ?? round.clause_key}`}
        lead={`${strategyLabel(round.strategy)}, up to ${plural(round.budget, "post")}, ${percent(round.random_share, 0)} of them at random`}
        crumbs={[{ label: "Rounds", to: `/p/${round.project_id}/rounds` }]}
        badge={<RunState run={round} />}
      />
      <Stacked>
        <RunProgress run={round} title="Running the round" refreshes={["round", round.id]} />
        {isDone && <Outcome round={round} strategyLabel={strategyLabel} answerLabel={answerLabel} />}
        <Panel title="How it was run" note="The same answers, seed and settings choose the same posts.">
          <Facts
            facts={[
              ["Release", <code key="release">{round.release_label}</code>],
              ["Clause", `${round.clause_key}, meaning ${round.meaning_revision}`],
              ["Encoder", <code key="encoder">{round.encoder}</code>],
              ["Seed", round.seed],
              ["People per post", round.overlap],
              ...(round.quotas.length === 0
                ? []
                : [["Shares", round.quotas.map(quotaWords).join("; ")] as const]),
              ["Asked for by", round.requested_by ?? "—"],
              ["Started", <Time key="started" at={round.created_at} />],
            ]}
          />
        </Panel>
      </Stacked>
    </>
  );
}

interface OutcomeProps {
  round: Round;
  strategyLabel: (name: string) => string;
  answerLabel: (value: string) => string;
}

function Outcome({ round, strategyLabel, answerLabel }: OutcomeProps) {
  const { metrics } = round;
  const taught = answerCounts(metrics).map(([answer, total]) => `${count(total)} ${answerLabel(answer)}`);
  const used = round.used_strategy;
  return (
    <>
      {round.picked < round.budget && (
        <p className={classes.notice} role="status">
          {poolSentence(numberOf(metrics, "pool") ?? 0)}: a post that is decided on this clause, that people are being asked about, or
          that is held out to measure models is not chosen again.
        </p>
      )}
      {used !== "" && used !== round.strategy && (
        <p className={classes.notice} role="status">
          Too few posts are decided to train a head, so this round chose by {strategyLabel(used).toLowerCase()} instead of{" "}
          {strategyLabel(round.strategy).toLowerCase()}.
        </p>
      )}
      <Figures
        figures={[
          { label: "Chosen", value: count(round.picked), note: `of ${count(numberOf(metrics, "pool") ?? 0)} open posts` },
          { label: "Learned from", value: count(numberOf(metrics, "answered") ?? 0), note: taught.join(", ") || "no decided posts" },
          {
            label: "Encoded",
            value: count(numberOf(metrics, "posts") ?? 0),
            note: `${count(numberOf(metrics, "encoded_now") ?? 0)} parts new, ${count(numberOf(metrics, "unreadable_parts") ?? 0)} unreadable`,
          },
          {
            label: "Model",
            value: round.model_number === null ? "None" : `Version ${round.model_number}`,
            note: round.model_number === null ? "too few decided posts" : "stored with its figures",
          },
        ]}
      />
      {round.model_number !== null && <HeldOutFigures metrics={partOf(metrics, "held_out")} />}
      <HarmFoundPanel roundId={round.id} />
      <CostPanel roundId={round.id} />
      <div className={classes.charts}>
        <LearningCurve arms={armsOf(metrics)} labelOf={strategyLabel} />
        <HarmHistogram bins={harmBins(metrics)} />
      </div>
      <PicksTable round={round} answerLabel={answerLabel} />
    </>
  );
}

const poolSentence = (posts: number): string =>
  posts === 0 ? "No post was open" : `Only ${plural(posts, "post was", "posts were")} open`;
