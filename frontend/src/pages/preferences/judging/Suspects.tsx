import { Button } from "@mantine/core";
import { IconMoodCheck } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "@/api/session";
import { AppLink, type Column, count, DataTable, EmptyState, Kbd, Panel, percent, StatusBadge, useShortcuts } from "@/ui";
import { type Found, shareTold } from "./figures";

type Suspect = Found["suspects"][number];

/** Judgments that fight everything else, and the way to review them like others. */
export function Suspects({ found, clauseKey, projectId }: { found: Found; clauseKey: string; projectId: string }) {
  const navigate = useNavigate();
  const mayReview = useMay(projectId, "review.decide");
  const canReview = mayReview && found.suspects.length > 0;
  const review = (): void => void navigate({ to: `/p/${projectId}/review/comparisons`, search: { suspected: clauseKey, axis: clauseKey } });
  useShortcuts(canReview ? [{ id: "judging.review-suspects", label: "Review the judgments that fight everything else", keys: "r", run: review }] : []);
  const wrong = shareTold(found.suspects_wrong, "none reviewed yet");
  return (
    <Panel
      title="Judgments that fight everything else"
      note={`How probable each is, given all that was said besides it. Were wrong when reviewed: ${wrong.value === "—" ? wrong.note : `${wrong.value} (${wrong.note})`}.`}
      flush
      actions={
        canReview && (
          <Button size="xs" rightSection={<Kbd keys="r" quiet />} onClick={review}>
            Review them
          </Button>
        )
      }
    >
      <DataTable
        label="Judgments that fight everything else"
        columns={columns(projectId)}
        rows={found.suspects}
        rowKey={(suspect) => suspect.submission_id}
        empty={
          <EmptyState framed={false} icon={IconMoodCheck} tone="good" title="None">
            No judgment stands against everything else that was said.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function columns(projectId: string): readonly Column<Suspect>[] {
  return [
    {
      key: "who",
      header: "Who",
      render: (suspect) => (
        <>
          {suspect.pseudonym} {suspect.is_simulated && <StatusBadge state="simulated" />}
        </>
      ),
    },
    { key: "said", header: "Said", width: "150px", render: (suspect) => <AppLink to={`/p/${projectId}/comparisons/${suspect.comparison_id}`}>{suspect.preferred === "a" ? "A is better" : "B is better"}</AppLink> },
    { key: "probability", header: "Is so, by all else", width: "150px", align: "end", render: (suspect) => percent(suspect.probability) },
    { key: "others", header: "Others said the opposite", width: "190px", align: "end", render: (suspect) => (suspect.others === 0 ? "nobody else judged it" : `${count(suspect.against)} of ${count(suspect.others)}`) },
    { key: "turned", header: "Asked again", width: "130px", render: (suspect) => (suspect.turned ? "said the opposite" : "—") },
    { key: "reliability", header: "Says what is meant", width: "160px", align: "end", render: (suspect) => percent(suspect.reliability, 0) },
  ];
}
