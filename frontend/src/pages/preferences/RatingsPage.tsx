import { Button } from "@mantine/core";
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
  type Figure,
  Figures,
  FormProblem,
  isOver,
  JobProgress,
  LoadingState,
  PageHeader,
  Panel,
  percent,
  plural,
  Stacked,
  Time,
  useProjectId,
} from "@/ui";
import { AxisChoice } from "./AxisChoice";
import { askedFor, type Board, groupsOf, type Narrowed, type Pull, pullOf, type Ratings, WHOLE } from "./ratings/figures";
import { Leaderboard } from "./ratings/Leaderboard";
import classes from "./ratings/RatingsPage.module.css";
import { Narrowing } from "./ratings/Narrowing";
import { OverTime } from "./ratings/OverTime";
import { WinMatrix } from "./ratings/WinMatrix";

/** Which models people prefer on each axis, and how sure that is. */
export default function RatingsPage() {
  const projectId = useProjectId();
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [narrowed, setNarrowed] = useState<Narrowed>(WHOLE);
  const asked = askedFor(clauseKey, narrowed);
  const query = useQuery({
    queryKey: ["ratings", projectId, asked],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/ratings/", {
          params: { path: { project_id: projectId }, query: asked },
        }),
      ),
    placeholderData: (before) => before,
  });
  const axes = query.data?.axes ?? [];
  const axis = query.data?.axis ?? null;
  const choices = useLatest(query.data?.result?.choices);
  const choose = (key: string | null): void => {
    setClauseKey(key);
    // Another axis has other months and releases; how they are told apart stays.
    setNarrowed({ ...WHOLE, over: narrowed.over });
  };
  return (
    <>
      <PageHeader
        title="Ratings"
        lead="Which models people prefer, axis by axis, with how sure that is."
        actions={axis !== null && <AxisChoice page="ratings" axes={axes} axis={axis} onChoose={choose} />}
      />
      {choices !== undefined && <Narrowing choices={choices} narrowed={narrowed} onChange={setNarrowed} />}
      {query.data !== undefined ? (
        <OneAxis ratings={query.data} asked={asked} isNarrowed={isNarrowed(narrowed)} onWiden={() => setNarrowed(WHOLE)} projectId={projectId} />
      ) : query.error !== null ? (
        <ErrorState error={query.error} onRetry={query.refetch} />
      ) : (
        <LoadingState label="Loading the ratings" lines={8} />
      )}
    </>
  );
}

/** The newest value there was: what can be chosen stays to choose from while something else is rated. */
function useLatest<Value>(value: Value | undefined): Value | undefined {
  const [latest, setLatest] = useState(value);
  if (value !== undefined && value !== latest) setLatest(value);
  return value ?? latest;
}

function isNarrowed({ language, cited, month, under }: Narrowed): boolean {
  return [language, cited, month, under].some((each) => each !== null);
}

type Asked = ReturnType<typeof askedFor>;

interface OneAxisProps {
  readonly ratings: Ratings;
  readonly asked: Asked;
  readonly isNarrowed: boolean;
  readonly onWiden: () => void;
  readonly projectId: string;
}

function OneAxis({ ratings, asked, isNarrowed, onWiden, projectId }: OneAxisProps) {
  const { axis, release, result } = ratings;
  if (axis === null || release === null) {
    return (
      <EmptyState icon={IconBook2} title="No axis to rate on yet" actions={<AppLink to={`/p/${projectId}/policies`}>Go to the policies</AppLink>}>
        No release in effect has axis clauses. They say on what two responses are compared.
      </EmptyState>
    );
  }
  if (result === null) return <ByWorker ratings={ratings} asked={asked} projectId={projectId} />;
  if (result.ratings.length === 0 && isNarrowed) {
    return (
      <EmptyState icon={IconArrowsLeftRight} title="No such answers" actions={<Button variant="default" onClick={onWiden}>Rate all answers</Button>}>
        Nobody gave an answer on “{axis.title}” that fits all you chose.
      </EmptyState>
    );
  }
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
      <RestsOn board={result} />
      {ratings.rated_at !== null && <RatedAgain ratings={ratings} asked={asked} projectId={projectId} ratedAt={ratings.rated_at} />}
      <Summary board={result} />
      <Notices board={result} />
      {groupsOf(result).map((group, at, groups) => (
        <Panel
          key={group[0]?.name ?? at}
          title={groups.length === 1 ? "Leaderboard" : `Group ${at + 1}`}
          note={
            group.length === 1
              ? "Never compared with a model of another group."
              : `Scores are log odds around the average of ${groups.length === 1 ? "all" : "the group"}. A rank says how many models are surely better, plus one: models that the answers do not tell apart share it.`
          }
        >
          <Leaderboard ratings={group} label={groups.length === 1 ? "Leaderboard" : `Leaderboard of group ${at + 1}`} />
        </Panel>
      ))}
      {result.periods.length > 0 && (
        <Panel title="Over time" note="Every column is rated by its own answers alone, its average at the dashed line.">
          <OverTime periods={result.periods} />
        </Panel>
      )}
      <Panel title="Results between models" note="The row's share against the column, a tie counting half; below it won, lost and tied.">
        <WinMatrix ratings={result.ratings} meetings={result.meetings} />
      </Panel>
    </Stacked>
  );
}

function Summary({ board }: { board: Board }) {
  const ties = board.meetings.reduce((sum, meeting) => sum + meeting.ties, 0);
  return (
    <Figures
      figures={[
        { label: "Answers", value: count(board.answers) },
        { label: "Models", value: count(board.ratings.length) },
        { label: "No preference", value: percent(board.answers === 0 ? 0 : ties / board.answers), note: "ties, both good, both unacceptable" },
        pulled("First place wins between equals", pullOf(board, "side"), "no pull of the first place shows"),
        pulled("Twice as long wins between equals", pullOf(board, "length"), "no pull of length shows"),
      ]}
    />
  );
}

function pulled(label: string, pull: Pull | null, nothing: string): Figure {
  if (pull === null) return { label, value: "—", note: "all responses are about as long" };
  if (pull.low === null || pull.high === null) return { label, value: "—", note: "too many models for intervals" };
  return {
    label,
    value: percent(pull.chance),
    note: `${percent(pull.low)} to ${percent(pull.high)}; ${pull.isClear ? "the scores allow for it" : nothing}`,
  };
}

/** What the ratings are of, and of when. */
function RestsOn({ board }: { board: Board }) {
  const { people, comparisons, newest_at: newest } = board.rests_on;
  return (
    <p className={classes.rests}>
      {plural(board.rests_on.answers, "answer")} of {plural(people, "person", "people")} about {plural(comparisons, "comparison")}
      {newest !== null && (
        <>
          , the newest <Time at={newest} />
        </>
      )}
      .
    </p>
  );
}

function Notices({ board }: { board: Board }) {
  const held = board.ratings.filter((rating) => rating.is_held).length;
  return (
    <>
      {board.groups > 1 && (
        <Notice>
          <strong>Not comparable.</strong> The models fall into {board.groups} groups that no chain of comparisons connects. Scores and ranks hold
          inside a group only; compare models across groups to join them.
        </Notice>
      )}
      {held > 0 && (
        <Notice>
          <strong>Sparse.</strong> {plural(held, "score is", "scores are")} held towards the middle: what is known of{" "}
          {held === 1 ? "it" : "them"} is in good part the assumption that models do not differ endlessly.
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
  readonly asked: Asked;
  readonly projectId: string;
}

/** Too many answers for a page to wait: a worker rates them. */
function ByWorker({ ratings, asked, projectId }: Rated) {
  const { start, job, isRunning } = useRatingJob({ ratings, asked, projectId });
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

function useRatingJob({ ratings, asked, projectId }: Rated) {
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/ratings/fit/", {
          params: { path: { project_id: projectId }, query: asked },
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
