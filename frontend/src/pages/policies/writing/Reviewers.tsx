import { Button, Checkbox } from "@mantine/core";
import { IconCheck, IconClock, IconPencil, IconUserQuestion } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { announceProblem, Time } from "@/ui";
import { firstStop, focusNext } from "@/ui/focus";
import { reviewersQuery } from "../queries";
import type { Release, Reviewer, Reviewing } from "../shapes";
import classes from "./Reviewers.module.css";

/** Who is asked to review, what each has said, and how many have to approve. */
export function Reviewers({ release }: { release: Release }) {
  const { data } = useQuery(reviewersQuery(release.id));
  const [isAsking, setAsking] = useState(false);
  const card = useRef<HTMLElement>(null);
  const turn = (asking: boolean): void => {
    setAsking(asking);
    focusNext(() => (card.current?.querySelector("form") === null) === asking ? null : firstStop(card.current));
  };
  if (data === undefined) return null;
  const mayAsk = release.actions.edit || release.actions.withdraw;
  const shown = data.people.filter((one) => one.is_asked || one.answer !== "");
  const silent = data.people.filter((one) => one.is_asked && one.answer === "").length;
  return (
    <section ref={card} className={classes.card} aria-label="Reviewers">
      <h2 className={classes.title}>
        Review{" "}
        <span className={classes.count}>
          {data.counted} of {data.required} {data.required === 1 ? "approval" : "approvals"}
        </span>
      </h2>
      {isAsking ? (
        <Asking release={release} reviewing={data} onDone={() => turn(false)} />
      ) : (
        <>
          {shown.length === 0 && <p className={classes.soft}>Nobody is asked yet. Anybody who did not write it may review it.</p>}
          <ul className={classes.list}>
            {shown.map((one) => (
              <Row key={one.person.id} reviewer={one} />
            ))}
          </ul>
          {silent > 0 && release.state === "in_review" && (
            <p className={classes.soft}>{silent === 1 ? "One has" : `${silent} have`} not answered yet.</p>
          )}
          {mayAsk && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconUserQuestion size={15} aria-hidden />}
              onClick={() => turn(true)}
            >
              Ask people by name
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Row({ reviewer }: { reviewer: Reviewer }) {
  const { answer, counts, answered_at: at } = reviewer;
  const Icon = answer === "approved" ? IconCheck : answer === "changes_requested" ? IconPencil : IconClock;
  return (
    <li className={classes.row} data-counts={counts || undefined}>
      <Icon size={15} aria-hidden />
      <span>
        <strong>{reviewer.person.display_name}</strong>{" "}
        {answer === "" && "has not answered"}
        {answer === "approved" && (counts ? "approved this text" : "approved an earlier text")}
        {answer === "changes_requested" && "asked for changes"}
        {at !== null && (
          <>
            , <Time at={at} />
          </>
        )}
      </span>
    </li>
  );
}

function Asking({ release, reviewing, onDone }: { release: Release; reviewing: Reviewing; onDone: () => void }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>(() =>
    reviewing.people.filter((one) => one.is_asked).map((one) => one.person.id),
  );
  const ask = useMutation({
    mutationFn: () =>
      taken(
        api.PUT("/api/releases/{release_id}/reviewers/", {
          params: { path: { release_id: release.id } },
          body: { person_ids: chosen },
        }),
      ),
    onSuccess: async (data) => {
      await showAnswer(queries, reviewersQuery(release.id).queryKey, data);
      onDone();
    },
    onError: announceProblem,
  });
  return (
    <form
      className={classes.asking}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Checkbox.Group value={chosen} onChange={setChosen} aria-label="Who is asked to review">
        <div className={classes.people}>
          {reviewing.people.map((one) => (
            <Checkbox
              key={one.person.id}
              value={one.person.id}
              label={one.person.display_name}
              description={one.is_author ? "Wrote part of it, so it would not count" : undefined}
              disabled={one.is_author && !one.is_asked}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button size="compact-sm" type="submit" loading={ask.isPending}>
          Ask them
        </Button>
      </div>
    </form>
  );
}
