import { IconProgress } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { announceProblem, EmptyState, ErrorState, isOver, JobProgress, LoadingState, PageHeader, Time, useProjectId } from "@/ui";
import { Button } from "@mantine/core";
import { jobTitle } from "./jobTitles";
import classes from "./JobsPage.module.css";

type Job = components["schemas"]["JobOutput"];

/** Long work of the project, newest first; what still runs is asked for anew every second or two. */
export default function JobsPage() {
  const projectId = useProjectId();
  const queries = useQueryClient();
  const key = ["jobs", projectId];
  const [isLive, setLive] = useState(true);
  const jobs = usePages(
    key,
    async (cursor) => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/jobs/", { params: { path: { project_id: projectId }, query: { cursor } } }),
      );
      if (cursor === undefined) setLive(page.results.some((job) => !isOver(job.state)));
      return page;
    },
    { refetchInterval: isLive ? 1500 : 15_000 },
  );
  const cancel = useMutation({
    mutationFn: (job: Job) => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: job.id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: announceProblem,
  });
  return (
    <>
      <PageHeader title="Jobs" lead="Imports, renditions, rounds, scans and exports, as the workers get on with them." />
      {jobs.isPending && <LoadingState label="Loading jobs" />}
      {jobs.error !== null && jobs.rows.length === 0 && <ErrorState error={jobs.error} onRetry={jobs.refetch} />}
      {jobs.isSuccess && jobs.rows.length === 0 && (
        <EmptyState icon={IconProgress} title="No jobs yet">
          Anything that takes longer than a moment appears here: an import, a round, a dataset version.
        </EmptyState>
      )}
      {jobs.rows.length > 0 && (
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
      )}
      {jobs.hasNextPage && (
        <Button mt="sm" variant="subtle" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
