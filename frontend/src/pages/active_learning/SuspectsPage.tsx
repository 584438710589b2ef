import { IconFlag } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AppLink, EmptyState, ErrorState, LoadingState, useProjectId } from "@/ui";
import { CaseRoom, Quiet } from "@/work/cases/CaseRoom";
import { waitingScanQuery } from "./queries";
import { ReviewOf } from "./ScanReviewPage";

/** `/p/:id/suspects`: the newest scan with something left to review. */
export default function SuspectsPage() {
  const projectId = useProjectId();
  const waiting = useQuery(waitingScanQuery(projectId));
  // Once begun, the same scan stays on screen to its end, whatever is started meanwhile.
  const [begun, setBegun] = useState<string | null>(null);
  if (begun === null && typeof waiting.data === "string") setBegun(waiting.data);
  if (begun !== null) return <ReviewOf scanId={begun} />;
  return (
    <CaseRoom title="Suspects">
      <Quiet>
        {waiting.error !== null ? (
          <ErrorState error={waiting.error} onRetry={waiting.refetch} />
        ) : waiting.data === undefined ? (
          <LoadingState label="Loading suspects" />
        ) : (
          <EmptyState
            icon={IconFlag}
            tone="good"
            title="No suspects wait for review"
            actions={<AppLink to={`/p/${projectId}/scans`}>Look at the noise scans</AppLink>}
          >
            When a noise scan doubts a decision, it appears here for a person to look at.
          </EmptyState>
        )}
      </Quiet>
    </CaseRoom>
  );
}
