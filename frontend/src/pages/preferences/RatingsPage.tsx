import { Button, Select } from "@mantine/core";
import { IconArrowsLeftRight, IconBook2, IconChartBar, IconUnlink } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { api, taken } from "@/api/client";
import { useJob } from "@/api/jobs";
import {
  AppLink,
  count,
  EmptyState,
  ErrorState,
  FormProblem,
  Figures,
  isOver,
  JobProgress,
  LoadingState,
  PageHeader,
  Panel,
  percent,
  Stacked,
  Time,
  useProjectId,
  useShortcuts,
} from "@/ui";
import { type Board, groupsOf, pullOf, type Ratings } from "./ratings/figures";
import { Leaderboard } from "./ratings/Leaderboard";
import classes from "./ratings/RatingsPage.module.css";
import { WinMatrix } from "./ratings/WinMatrix";

/** Which models people prefer on each axis, and how sure that is. */
export default function RatingsPage() {
  const projectId = useProjectId();
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["ratings", projectId, clauseKey],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/ratings/", {
          params: { path: { project_id: projectId }, query: clauseKey === null ? {} : { clause_key: clauseKey } },
        }),
      ),
    placeholderData: (before) => before,
  });
  const axes = query.data?.axes ?? [];
  const axis = query.data?.axis ?? null;
  const step = (by: number): void => {
    const at = axes.findIndex((each) => each.key === axis?.key);
    const next = axes[(at + by + axes.length) % axes.length];
    if (next !== undefined) setClauseKey(next.key);
  };
  useShortcuts([
    { id: "ratings.next-axis", label: "Next axis", keys: "]", enabled: axes.length > 1, run: () => step(1) },
    { id: "ratings.previous-axis", label: "Previous axis", keys: "[", enabled: axes.length > 1, run: () => step(-1) },
  ]);
  return (
    <>
      <PageHeader
        title="Ratings"
        lead="Which models people prefer, axis by axis, with how sure that is."
        actions={
          axis !== null && (
            <Select
              className={classes.axis}
              aria-label="Axis"
              data={axes.map((each) => ({ value: each.key, label: each.title }))}
              value={axis.key}
              allowDeselect={false}
              onChange={setClauseKey}
            />
          )
        }
      />
      {query.data !== undefined ? (
        <OneAxis ratings={query.data} projectId={projectId} />
      ) : query.error !== null ? (
        <ErrorState error={query.error} onRetry={query.refetch} />
      ) : (
        <LoadingState label="Loading the ratings" lines={8} />
      )}
    </>
  );
}

function OneAxis({ ratings, projectId }: { ratings: Ratings; projectId: string }) {
  const { axis, release, result } = ratings;
  if (axis === null || release === null) {
    return (
      <EmptyState icon={IconBook2} title="No axis to rate on yet" actions={<AppLink to={`/p/${projectId}/policies`}>Go to the policies</AppLink>}>
        No release in effect has axis clauses. They say on what two responses are compared.
      </EmptyState>
    );
  }
  if (result === null) return <ByWorker ratings={ratings} clauseKey={axis.key} projectId={projectId} />;
  if (result.ratings.length === 0) {
    return (
      <EmptyState icon={IconArrowsLeftRight} title="Nothing to rate yet" actions={<AppLink to={`/p/${projectId}/comparisons`}>Go to the comparisons</AppLink>}>
        Nobody has answered “{axis.title}” under {release.label} yet, or no response names its model.
      </EmptyState>
    );
  }
  return (
    <Stacked>
      <p className={classes.question}>
        {axis.question} <span>{release.label}</span>
      </p>
      {ratings.rated_at !== null && <RatedAgain ratings={ratings} clauseKey={axis.key} projectId={projectId} ratedAt={ratings.rated_at} />}
      <Summary board={result} />
      <Notices board={result} />
      {groupsOf(result).map((group, at, groups) => (
        <Panel
          key={group[0]?.name ?? at}
          title={groups.length === 1 ? "Leaderboard" : `Group ${at + 1}`}
          note={
            group.length === 1
              ? "Never compared with a model of another group."
              : `Scores are log odds around the average of ${groups.length === 1 ? "all" : "the group"}. A shared rank means that the answers do not tell the models apart.`
          }
        >
          <Leaderboard ratings={group} label={groups.length === 1 ? "Leaderboard" : `Leaderboard of group ${at + 1}`} />
        </Panel>
      ))}
      <Panel title="Results between models" note="The row's share against the column, a tie counting half; below it won, lost and tied.">
        <WinMatrix ratings={result.ratings} meetings={result.meetings} />
      </Panel>
    </Stacked>
  );
}

function Summary({ board }: { board: Board }) {
  const pull = pullOf(board);
  const ties = board.meetings.reduce((sum, meeting) => sum + meeting.ties, 0);
  return (
    <Figures
      figures={[
        { label: "Answers", value: count(board.answers) },
        { label: "Models", value: count(board.ratings.length) },
        { label: "No preference", value: percent(board.answers === 0 ? 0 : ties / board.answers), note: "ties, both good, both unacceptable" },
        {
          label: "First place wins between equals",
          value: percent(pull.chance),
          note:
            pull.low === null || pull.high === null
              ? "the scores allow for it"
              : `${percent(pull.low)} to ${percent(pull.high)}; ${pull.isClear ? "the scores allow for it" : "no pull of the first place shows"}`,
        },
      ]}
    />
  );
}

function Notices({ board }: { board: Board }) {
  return (
    <>
      {board.groups > 1 && (
        <Notice>
          <strong>Not comparable.</strong> The models fall into {board.groups} groups that no chain of comparisons connects. Scores and ranks hold
          inside a group only; compare models across groups to join them.
        </Notice>
      )}
      {board.rests_on_prior && (
        <Notice>
          Some model only ever won, or only ever lost. Its score is held in by the assumption that models do not differ endlessly; more comparisons
          would tell how far it really stands apart.
        </Notice>
      )}
    </>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} role="note">
      <IconUnlink size={17} aria-hidden />
      <p>{children}</p>
    </div>
  );
}

interface Rated {
  readonly ratings: Ratings;
  readonly clauseKey: string;
  readonly projectId: string;
}

/** Too many answers for a page to wait: a worker rates them. */
function ByWorker({ ratings, clauseKey, projectId }: Rated) {
  const { start, job, isRunning } = useRatingJob({ ratings, clauseKey, projectId });
  return (
    <EmptyState
      icon={IconChartBar}
      title="Many answers: a worker rates them"
      actions={
        <Button loading={start.isPending} disabled={isRunning} onClick={() => start.mutate()}>
          Rate the models
        </Button>
      }
    >
      There are more answers on this axis than a page can wait for.
      <FormProblem error={start.error} />
      {job !== undefined && <JobProgress job={job} title="Rate the models" />}
    </EmptyState>
  );
}

/** Ratings a worker made a while ago, and the way to newer ones. */
function RatedAgain({ ratedAt, ...rated }: Rated & { ratedAt: string }) {
  const { start, job, isRunning } = useRatingJob(rated);
  return (
    <div className={classes.again}>
      <p>
        A worker rated these answers <Time at={ratedAt} />. Later answers are not in it.
      </p>
      <Button size="xs" variant="default" loading={start.isPending} disabled={isRunning} onClick={() => start.mutate()}>
        Rate again
      </Button>
      {isRunning && job !== undefined && <JobProgress job={job} title="Rate the models" />}
      <FormProblem error={start.error} />
    </div>
  );
}

function useRatingJob({ ratings, clauseKey, projectId }: Rated) {
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/ratings/fit/", {
          params: { path: { project_id: projectId }, query: { clause_key: clauseKey } },
        }),
      ),
  });
  const { data: job } = useJob(start.data?.id ?? (ratings.state === "fitting" ? (ratings.job_id ?? null) : null));
  const isDone = job !== undefined && isOver(job.state);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ["ratings", projectId] });
  }, [isDone, queries, projectId]);
  return { start, job, isRunning: job !== undefined && !isDone };
}
