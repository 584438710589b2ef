import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { useJob } from "@/api/jobs";
import { announceProblem, ErrorState, isOver, JobProgress, LoadingState } from "@/ui";

/** Follows the job that builds a version; says once when it has ended. */
export function BuildProgress({ jobId, title, onEnd }: { jobId: string; title: string; onEnd: () => unknown }) {
  const job = useJob(jobId);
  const cancel = useMutation({
    mutationFn: () => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: jobId } } }),
    onSuccess: () => job.refetch(),
    onError: announceProblem,
  });
  const state = job.data?.state;
  useEffect(() => {
    if (state !== undefined && isOver(state)) void onEnd();
    // Only the change of state matters, not a new function.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
  if (job.data !== undefined) {
    return (
      <JobProgress
        job={job.data}
        title={title}
        onCancel={job.data.cancel_requested || isOver(job.data.state) ? undefined : () => cancel.mutate()}
      />
    );
  }
  if (job.error !== null) return <ErrorState error={job.error} onRetry={job.refetch} />;
  return <LoadingState label="Loading the job" lines={2} />;
}
