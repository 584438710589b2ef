import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { announce, announceProblem } from "@/ui";
import { meterQuery, takeBreak } from "./queries";
import { opensWords } from "./words";

const lengths = [5, 15, 30, 60] as const;

/** So many minutes from now until midnight, at least one. */
export function minutesLeftToday(now: Date): number {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
  return Math.min(Math.max(Math.ceil((midnight - now.getTime()) / 60_000), 1), MOST_MINUTES);
}

const MOST_MINUTES = 480;

/** Take a break now, of a length one chooses; it can be ended early. */
export function BreakChoice({ onTaken }: { onTaken?: () => void }) {
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: takeBreak,
    onSuccess: async (closed) => {
      announce(`Your break has begun. Work opens ${opensWords(new Date(closed.until))}.`);
      await queries.invalidateQueries(meterQuery);
      onTaken?.();
    },
    onError: announceProblem,
  });
  return (
    <Group gap="xs" role="group" aria-label="Take a break now">
      {lengths.map((minutes) => (
        <Button key={minutes} variant="default" disabled={take.isPending} onClick={() => take.mutate(minutes)}>
          {minutes} min
        </Button>
      ))}
      <Button variant="default" disabled={take.isPending} onClick={() => take.mutate(minutesLeftToday(new Date()))}>
        For today
      </Button>
    </Group>
  );
}
