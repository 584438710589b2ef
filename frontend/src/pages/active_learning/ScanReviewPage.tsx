import { useQuery } from "@tanstack/react-query";
import { ErrorState, LoadingState, useRouteParam } from "@/ui";
import { Quiet } from "@/work/cases/CaseRoom";
import { scanQuery } from "./queries";
import { SuspectRoom } from "./suspects/SuspectRoom";

/** `/p/:id/scans/:scanId/review`: the suspects of one scan. */
export default function ScanReviewPage() {
  return <ReviewOf scanId={useRouteParam("scanId")} />;
}

export function ReviewOf({ scanId }: { scanId: string }) {
  const scan = useQuery(scanQuery(scanId));
  if (scan.data !== undefined) return <SuspectRoom scan={scan.data} />;
  return (
    <Quiet>
      {scan.error === null ? (
        <LoadingState label="Loading the scan" />
      ) : (
        <ErrorState error={scan.error} onRetry={scan.refetch} />
      )}
    </Quiet>
  );
}
