import { Button } from "@mantine/core";
import { IconCup } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce, announceProblem, useProjectId } from "@/ui";
import { TaskNotice } from "@/work/TaskNotices";
import { breakQuery, meterQuery, takeBreak } from "./queries";
import { opensWords } from "./words";

const TOLD_BEFORE_MS = 5 * 60_000;

/** A break is near: said once, a little before, and put away with one press. */
export function BreakNotice() {
  const queries = useQueryClient();
  const meter = useQuery(breakQuery(useProjectId()));
  const [putAway, setPutAway] = useState<string | null>(null);
  const take = useMutation({
    mutationFn: takeBreak,
    onSuccess: async ({ until }) => {
      announce(`Your break has begun. The one on the screen keeps until you are back, ${opensWords(new Date(until))}.`);
      await queries.invalidateQueries(meterQuery);
    },
    onError: announceProblem,
  });
  if (meter.data === undefined) return null;
  const { due_at: due, length_seconds: length } = meter.data.break;
  if (due === null || due === putAway || new Date(due).getTime() - meter.dataUpdatedAt > TOLD_BEFORE_MS) return null;
  const minutes = Math.max(Math.round(length / 60), 1);
  return (
    <TaskNotice
      icon={IconCup}
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => setPutAway(due)}>
            Later
          </Button>
          <Button size="xs" variant="default" loading={take.isPending} onClick={() => take.mutate(minutes)}>
            Take it now
          </Button>
        </>
      }
    >
      A break of {minutes} min begins {opensWords(new Date(due))}, after the one you are on.
    </TaskNotice>
  );
}
