import { Button } from "@mantine/core";
import { IconHourglassEmpty, IconMoon, type TablerIcon } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { announceProblem, AppLink, EmptyState } from "@/ui";
import type { Closed } from "@/work/seeing/shapes";
import { DueCheckIn } from "./CheckIn";
import { waitOf } from "./closed";
import classes from "./ClosedRoom.module.css";
import { endBreak, meterQuery, protectionQuery } from "./queries";
import { SupportCard } from "./SupportCard";
import { WhyItMatters } from "./WhyItMatters";
import { opensWords } from "./words";

const titles: Readonly<Record<Closed["why"], string>> = {
  budget: "That is enough for now",
  break: "You are on a break",
  cool_down: "A short pause after that one",
  stopped: "You have stopped",
};

const icons: Readonly<Record<Closed["why"], TablerIcon>> = {
  budget: IconMoon,
  break: IconHourglassEmpty,
  cool_down: IconHourglassEmpty,
  stopped: IconMoon,
};

/** The queue is closed to this person for a while: why, until when, and what there is besides. */
export function ClosedRoom({ closed, projectId, onLook }: { closed: Closed; projectId: string; onLook: () => void }) {
  const queries = useQueryClient();
  const own = useQuery(protectionQuery);
  const end = useMutation({
    mutationFn: endBreak,
    onSuccess: async () => {
      await queries.invalidateQueries(meterQuery);
      onLook();
    },
    onError: announceProblem,
  });
  const look = useEffectEvent(onLook);
  useEffect(() => {
    const timer = window.setTimeout(() => look(), Math.min(waitOf(closed), MOST_WAIT_MS));
    return () => window.clearTimeout(timer);
  }, [closed]);
  return (
    <div className={classes.closed}>
      <EmptyState
        icon={icons[closed.why]}
        title={titles[closed.why]}
        actions={
          closed.may_end ? (
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
              End the break
            </Button>
          ) : undefined
        }
      >
        <p>{closed.says}</p>
        <p>
          New work opens <strong>{opensWords(new Date(closed.until))}</strong>; this page then goes on by itself. What you
          have written is kept, and this counts in no figure about you.
        </p>
      </EmptyState>
      <nav className={classes.besides} aria-label="What else there is">
        <AppLink to={`/p/${projectId}/mine`}>Look at your own answers</AppLink>
        <AppLink to={`/p/${projectId}/policies`}>Read the rules</AppLink>
        <AppLink to="/exposure">See what you have seen</AppLink>
        <AppLink to="/protection">Change what you are shown and how</AppLink>
      </nav>
      <WhyItMatters />
      <DueCheckIn rule={own.data?.check_ins} />
      <SupportCard support={own.data?.support} />
    </div>
  );
}

/** Timers of browsers go no further than 24 days; looking once an hour costs nothing. */
const MOST_WAIT_MS = 3_600_000;
