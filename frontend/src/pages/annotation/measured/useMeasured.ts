import { type QueryKey, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { isOver } from "@/ui";

type Job = components["schemas"]["JobOutput"];

interface Moment {
  readonly measured_at: string;
  readonly is_current: boolean;
  /** Where many answered: the job that counts what is newer, while there is one. */
  readonly counting: Job | null;
}

/** The figures, or the job that counts them for the first time. */
export type Told<T extends Moment> = T | Job;

export interface MeasuredRead<T extends Moment> {
  readonly queryKey: QueryKey;
  /** Reads what the server keeps, or with `isCurrent` has it count what was answered since. */
  readonly read: (isCurrent: boolean) => Promise<Told<T>>;
}

const pollMs = 1500;

/** The figures in what was told, if there are any yet. */
export function figuresIn<T extends Moment>(told: Told<T> | undefined): T | undefined {
  return told !== undefined && "measured_at" in told ? told : undefined;
}

function jobIn<T extends Moment>(told: Told<T> | undefined): Job | null {
  if (told === undefined) return null;
  return "measured_at" in told ? told.counting : told;
}

/** What the server keeps, however old, for where that is enough; asked for again while a worker counts. */
export function keptQuery<T extends Moment>({ queryKey, read }: MeasuredRead<T>) {
  return queryOptions({
    queryKey: [...queryKey, "kept"],
    queryFn: () => read(false),
    refetchInterval: ({ state }) => {
      const job = jobIn<T>(state.data);
      return job !== null && !isOver(job.state) ? pollMs : false;
    },
  });
}

/**
 * Figures that take the server seconds: what it kept is there at once, and gives way to what it measures meanwhile. Newer
 * ones are asked for once a visit; figures of a project that is being worked on would never be the newest otherwise.
 */
export function useMeasured<T extends Moment>(asked: MeasuredRead<T>, { enabled = true }: { enabled?: boolean } = {}) {
  const client = useQueryClient();
  const keeping = keptQuery(asked);
  const kept = useQuery({ ...keeping, enabled });
  const known = figuresIn<T>(kept.data);
  const fresh = useQuery({
    queryKey: [...asked.queryKey, "current"],
    queryFn: async () => {
      const told = await asked.read(true);
      client.setQueryData(keeping.queryKey, told);
      return told;
    },
    enabled: enabled && known !== undefined && !known.is_current && known.counting === null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const job = jobIn<T>(kept.data);
  const isCounting = job !== null && !isOver(job.state);
  const failed = known === undefined && job !== null && isOver(job.state) ? notCounted(job) : null;
  return {
    data: known,
    error: failed ?? kept.error,
    isPending: known === undefined,
    refetch: failed === null ? kept.refetch : fresh.refetch,
    /** The first count, while it runs. */
    job: known === undefined && isCounting ? job : null,
    isMeasuring: known !== undefined && (fresh.isFetching || isCounting),
    /** Something was answered after what is shown was counted. */
    isOld: known !== undefined && !known.is_current,
    /** Why what is shown could not be brought up to date. */
    refreshError: fresh.error,
    refresh: fresh.refetch,
  };
}

function notCounted({ error }: Job): ApiProblem {
  const detail = error?.detail ?? "The count was stopped before its end.";
  return new ApiProblem({ title: "The answers were not counted", status: 503, code: error?.code ?? "job_stopped", detail });
}
