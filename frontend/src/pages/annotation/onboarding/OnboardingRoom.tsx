import { Button } from "@mantine/core";
import { IconBook2, IconChecks, IconHourglassEmpty, IconUserCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { useEffect, useRef } from "react";
import { announceProblem, AppLink, EmptyState, percent, plural, QueryView, Stacked } from "@/ui";
import { LessonCard } from "./LessonCard";
import classes from "./Onboarding.module.css";
import { type OwnOnboarding, ownOnboardingQuery, stepOnboarding } from "./queries";

/** What stands in the place of the work while somebody is introduced to a project: a known answer, or the result. */
export function OnboardingRoom({ projectId, reason, onLook }: { projectId: string; reason: unknown; onLook: () => void }) {
  const queries = useQueryClient();
  const query = ownOnboardingQuery(projectId);
  const own = useQuery(query);
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["my-onboarding", projectId] });
  }, [queries, projectId, reason]);
  const step = useMutation({
    mutationFn: (wanted: "go_on" | "try_again") => stepOnboarding(projectId, wanted),
    onSuccess: async (next) => {
      await showAnswer(queries, query.queryKey, next);
      if (next.state === "open") onLook();
    },
    onError: (error) => {
      announceProblem(error);
      void own.refetch();
    },
  });
  return (
    <QueryView query={own}>
      {(data) => (
        <Standing own={data} projectId={projectId} isBusy={step.isPending} onStep={step.mutate} onLook={onLook} />
      )}
    </QueryView>
  );
}

interface StandingProps {
  own: OwnOnboarding;
  projectId: string;
  isBusy: boolean;
  onStep: (step: "go_on" | "try_again") => void;
  onLook: () => void;
}

function Standing({ own, projectId, isBusy, onStep, onLook }: StandingProps) {
  const last = own.lessons.at(-1);
  if (own.state === "lesson" && last !== undefined) {
    const isLast = own.due === 0;
    return (
      <Stacked>
        <p className={classes.place} role="status">
          Introduction: {own.of - own.due} of {own.of} done. This is to learn by; it counts in no figure about your work.
        </p>
        <LessonCard lesson={last} projectId={projectId} isAlone />
        <Said own={own} />
        <Next label={isLast ? "See how it went" : "Go on"} isBusy={isBusy} onGo={() => onStep("go_on")} />
      </Stacked>
    );
  }
  if (own.state === "failed") return <NotYet own={own} projectId={projectId} isBusy={isBusy} onStep={onStep} />;
  if (own.state === "open" && own.due > 0) {
    return (
      <EmptyState icon={IconBook2} title="Your introduction goes on" actions={<Next label="Go on" isBusy={isBusy} onGo={onLook} />}>
        {plural(own.due, "post")} of it {own.due === 1 ? "is" : "are"} still to come. When none opens, a break or a limit of yours
        holds it for a while. <Said own={own} />
      </EmptyState>
    );
  }
  if (own.state === "open") {
    return (
      <EmptyState
        icon={IconBook2}
        title="That was the introduction"
        actions={<Next label="See how it went" isBusy={isBusy} onGo={() => onStep("go_on")} />}
      >
        What you left out counts neither way.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconChecks}
      tone="good"
      title="You are through the introduction"
      actions={<Next label="Begin the work" isBusy={isBusy} onGo={onLook} />}
    >
      {own.answered > 0 && `You answered ${own.right} of ${plural(own.answered, "post")} as known. `}
      {own.sentence !== "" && <span dir="auto">{own.sentence} </span>}
      From here on your answers count.
    </EmptyState>
  );
}

/** What somebody said when they opened another try. */
function Said({ own }: { own: OwnOnboarding }) {
  if (own.sentence === "") return null;
  return (
    <span className={classes.place}>
      A reviewer says: <span dir="auto">{own.sentence}</span>
    </span>
  );
}

/** Not passed: what was missed, and how it goes on. */
function NotYet({ own, projectId, isBusy, onStep }: Omit<StandingProps, "onLook">) {
  const missed = own.lessons.filter((lesson) => !lesson.passed);
  return (
    <Stacked>
      {own.waits ? (
        <EmptyState
          icon={IconUserCheck}
          title="A reviewer looks at it"
          actions={<AppLink to={`/p/${projectId}/policies`}>Read the rules</AppLink>}
        >
          {score(own)} There is nothing you need to do: somebody will let you begin or open another try, and this page then
          says so.
        </EmptyState>
      ) : (
        <EmptyState
          icon={IconHourglassEmpty}
          title="Not yet"
          actions={
            <>
              <Next label="Try again" isBusy={isBusy} onGo={() => onStep("try_again")} />
              <AppLink to={`/p/${projectId}/policies`}>Read the rules</AppLink>
            </>
          }
        >
          {score(own)} Look at what was missed, then try again
          {own.tries_left === null ? "." : `: ${own.tries_left === 1 ? "one try is" : `${own.tries_left} tries are`} left.`}
        </EmptyState>
      )}
      {missed.map((lesson) => (
        <LessonCard key={lesson.submission_id} lesson={lesson} projectId={projectId} isAlone={missed.length === 1} />
      ))}
    </Stacked>
  );
}

function score(own: OwnOnboarding): string {
  if (own.answered * 2 < own.of) return `You answered ${own.answered} of ${plural(own.of, "post")}, too few to tell.`;
  return `You answered ${own.right} of ${plural(own.answered, "post")} as known; ${percent(own.pass_share, 0)} are asked for.`;
}

/** The one way on; it has the focus, so that Enter goes on. */
function Next({ label, isBusy, onGo }: { label: string; isBusy: boolean; onGo: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), [label]);
  return (
    <div className={classes.next}>
      <Button ref={button} loading={isBusy} onClick={onGo}>
        {label}
      </Button>
    </div>
  );
}
