import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { ErrorState, LoadingState, useRouteParam } from "@/ui";
import { Quiet } from "@/work/cases/CaseRoom";
import { scanQuery, type SuspectKind } from "./queries";
import { SuspectRoom } from "./suspects/SuspectRoom";
import { suspectKinds } from "./wording";

/** `/p/:id/scans/:scanId/review`: the suspects of one scan, or those of one kind. */
export default function ScanReviewPage() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const kind = suspectKinds.find(({ value }) => value === search["kind"])?.value;
  return <ReviewOf scanId={useRouteParam("scanId")} kind={kind} />;
}

export function ReviewOf({ scanId, kind }: { scanId: string; kind?: SuspectKind | undefined }) {
  const scan = useQuery(scanQuery(scanId));
  if (scan.data !== undefined) return <SuspectRoom scan={scan.data} kind={kind} />;
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
