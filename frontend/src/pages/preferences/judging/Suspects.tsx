import { Button } from "@mantine/core";
import { IconMoodCheck } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "@/api/session";
import { AppLink, type Column, count, DataTable, EmptyState, Kbd, Panel, percent, StatusBadge, useShortcuts } from "@/ui";
import { type Found, shareTold } from "./figures";

type Suspect = Found["suspects"][number];

/** Judgments and orders that fight everything else, and the way to review them like others. */
export function Suspects({ found, clauseKey, projectId }: { found: Found; clauseKey: string; projectId: string }) {
  const navigate = useNavigate();
  const mayReview = useMay(projectId, "review.decide");
  // Judgments of pairs and orders of slates are reviewed in rooms of their own; the key leads to the first that has any.
  const rooms = mayReview ? roomsOf(found.suspects) : [];
  const review = (room: Room | undefined): void =>
    void navigate({ to: `/p/${projectId}/review/${room?.name ?? "comparisons"}`, search: { suspected: clauseKey, axis: clauseKey } });
  useShortcuts(
    rooms.length > 0
      ? [{ id: "judging.review-suspects", label: "Review the judgments that fight everything else", keys: "r", run: () => review(rooms[0]) }]
      : [],
  );
  const wrong = shareTold(found.suspects_wrong, "none reviewed yet");
  return (
    <Panel
      title="Judgments that fight everything else"
      note={`How probable each is, given all that was said besides it. Were wrong when reviewed: ${wrong.value === "—" ? wrong.note : `${wrong.value} (${wrong.note})`}.`}
      flush
      actions={
        rooms.length > 0 &&
        rooms.map((room, place) => (
          <Button key={room.name} size="xs" rightSection={place === 0 && <Kbd keys="r" quiet />} onClick={() => review(room)}>
            {room.label}
          </Button>
        ))
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

interface Room {
  readonly name: "comparisons" | "slates";
  readonly label: string;
}

function roomsOf(suspects: readonly Suspect[]): readonly Room[] {
  const orders = suspects.filter((suspect) => suspect.slate_id !== null).length;
  return [
    ...(orders < suspects.length ? [{ name: "comparisons", label: "Review them" } as const] : []),
    ...(orders > 0 ? [{ name: "slates", label: "Review the orders" } as const] : []),
  ];
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
    { key: "said", header: "Said", width: "150px", render: (suspect) => <Said suspect={suspect} projectId={projectId} /> },
    { key: "probability", header: "Is so, by all else", width: "150px", align: "end", render: (suspect) => percent(suspect.probability) },
    { key: "others", header: "Others said the opposite", width: "190px", align: "end", render: (suspect) => (suspect.others === 0 ? "nobody else judged it" : `${count(suspect.against)} of ${count(suspect.others)}`) },
    { key: "turned", header: "Asked again", width: "130px", render: (suspect) => (suspect.turned ? "said the opposite" : "—") },
    { key: "reliability", header: "Says what is meant", width: "160px", align: "end", render: (suspect) => percent(suspect.reliability, 0) },
  ];
}

function Said({ suspect, projectId }: { suspect: Suspect; projectId: string }) {
  if (suspect.slate_id !== null) return <AppLink to={`/p/${projectId}/slates/${suspect.slate_id}`}>An order of several</AppLink>;
  return <AppLink to={`/p/${projectId}/comparisons/${suspect.comparison_id ?? ""}`}>{suspect.preferred === "a" ? "A is better" : "B is better"}</AppLink>;
}
