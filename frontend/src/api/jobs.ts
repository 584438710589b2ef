import { useQuery } from "@tanstack/react-query";
import { api, taken } from "./client";

const pollMs = 1200;
const overStates = new Set(["succeeded", "failed", "cancelled"]);

/** One job, asked for anew until it is over. Pass null while none is started. */
export function useJob(jobId: string | null) {
  return useQuery({
    queryKey: ["job", jobId],
    queryFn: () => taken(api.GET("/api/jobs/{job_id}/", { params: { path: { job_id: jobId ?? "" } } })),
    enabled: jobId !== null,
    refetchInterval: (query) => (query.state.data !== undefined && overStates.has(query.state.data.state) ? false : pollMs),
  });
}
