import { Button, Select } from "@mantine/core";
import { IconProgress } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import {
  announceProblem,
  count,
  EmptyState,
  ErrorState,
  isOver,
  JobProgress,
  LoadingState,
  PageHeader,
  plural,
  Time,
  useProjectId,
} from "@/ui";
import { jobTitle, MEDIA_KIND } from "./jobTitles";
import classes from "./JobsPage.module.css";

type Job = components["schemas"]["JobOutput"];
type KindCount = components["schemas"]["JobCountOutput"];

const liveMs = 1500;
const restMs = 15_000;

/** Long work of the project, newest first; what still runs is asked for anew every second or two. */
export default function JobsPage() {
  const projectId = useProjectId();
  const [kind, setKind] = useState<string | null>(null);
  const counts = useQuery({
    queryKey: ["job-counts", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/job-counts/", { params: { path: { project_id: projectId } } })),
    refetchInterval: (query) => (query.state.data?.some((one) => one.active > 0) === true ? liveMs : restMs),
  });
  const known = counts.data ?? [];
  const media = known.find((one) => one.kind === MEDIA_KIND);
  return (
    <>
      <PageHeader
        title="Jobs"
        lead="Imports, rounds, scans and exports, as the workers get on with them."
        actions={
          known.length > 1 ? (
            <Select
              aria-label="Kind of job"
              data={[
                { value: "", label: media === undefined ? "All kinds" : "Everything but media" },
                ...known.map((one) => ({ value: one.kind, label: `${jobTitle(one.kind)} (${count(one.total)})` })),
              ]}
              value={kind ?? ""}
              allowDeselect={false}
              onChange={(value) => setKind(value === "" ? null : value)}
              w={290}
            />
          ) : undefined
        }
      />
      {counts.error !== null && counts.data === undefined && <ErrorState error={counts.error} onRetry={counts.refetch} />}
      {counts.isPending && <LoadingState label="Loading jobs" />}
      {counts.data !== undefined && known.length === 0 && (
        <EmptyState icon={IconProgress} title="No jobs yet">
          Anything that takes longer than a moment appears here: an import, a round, a dataset version.
        </EmptyState>
      )}
      {kind === null && media !== undefined && <MediaRow media={media} onShow={() => setKind(MEDIA_KIND)} />}
      {known.length > 0 && (
        <JobList
          key={kind ?? ""}
          projectId={projectId}
          kind={kind}
          isLive={known.some((one) => one.active > 0 && (kind === null || one.kind === kind))}
        />
      )}
    </>
  );
}

/** The preparing of media is routine, a job a file: said in one line. */
function MediaRow({ media, onShow }: { media: KindCount; onShow: () => void }) {
  const ready = media.total - media.active - media.failed;
  const isBusy = media.active > 0;
  return (
    <div className={classes.media} role="status" aria-label="Media">
      <span className={classes.mediaText}>
        {isBusy
          ? `Preparing media: ${count(media.total - media.active)} of ${count(media.total)}`
          : `Media: ${plural(ready, "file")} prepared`}
        {media.failed > 0 && <span className={classes.failed}> · {count(media.failed)} failed</span>}
      </span>
      {isBusy && (
        <span className={classes.track} aria-hidden>
          <span className={classes.fill} style={{ width: `${((media.total - media.active) / media.total) * 100}%` }} />
        </span>
      )}
      <Button size="compact-xs" variant="subtle" onClick={onShow}>
        Show each file
      </Button>
    </div>
  );
}

function JobList({ projectId, kind, isLive }: { projectId: string; kind: string | null; isLive: boolean }) {
  const queries = useQueryClient();
  const key = ["jobs", projectId, kind];
  const jobs = usePages(
    key,
    (cursor) =>
      taken(
        api.GET("/api/projects/{project_id}/jobs/", {
          params: {
            path: { project_id: projectId },
            query: { cursor, ...(kind === null ? { exclude_kind: MEDIA_KIND } : { kind }) },
          },
        }),
      ),
    { refetchInterval: isLive ? liveMs : restMs },
  );
  const cancel = useMutation({
    mutationFn: (job: Job) => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: job.id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: announceProblem,
  });
  if (jobs.isPending) return <LoadingState label="Loading jobs" />;
  if (jobs.error !== null && jobs.rows.length === 0) return <ErrorState error={jobs.error} onRetry={jobs.refetch} />;
  if (jobs.rows.length === 0) return <p className={classes.none}>Nothing else was started yet.</p>;
  return (
    <>
      <ol className={classes.list} aria-label="Jobs">
        {jobs.rows.map((job) => (
          <li key={job.id} className={classes.item}>
            <JobProgress
              job={job}
              title={jobTitle(job.kind)}
              onCancel={job.cancel_requested ? undefined : () => cancel.mutate(job)}
            />
            <p className={classes.meta}>
              {job.requested_by === null ? "Started by the schedule" : `Started by ${job.requested_by}`}{" "}
              <Time at={job.created_at} />
              {job.cancel_requested && !isOver(job.state) && " · stopping"}
              {job.attempts > 1 && ` · attempt ${job.attempts}`}
            </p>
          </li>
        ))}
      </ol>
      {jobs.hasNextPage && (
        <Button mt="sm" variant="subtle" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
