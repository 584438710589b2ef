import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { announce, AppLink, type Column, DataTable, Panel, StatusBadge, Time, WordsForm } from "@/ui";
import { MeasuredBar } from "../people/MeasuredBar";
import { useRules } from "../review/reading";
import classes from "./Gold.module.css";
import { type OwnPause, ownGoldQuery, ownPauseQuery } from "./queries";

type OwnRow = NonNullable<ReturnType<typeof useOwnGold>["data"]>["results"][number];

const useOwnGold = (projectId: string) => useQuery(ownGoldQuery(projectId));

/** One's own pause with its reason and the way to appeal; what was answered stays to be read. */
export function OwnPausePanel({ projectId }: { projectId: string }) {
  const own = useQuery(ownPauseQuery(projectId));
  const pause = own.data?.pause ?? null;
  if (pause === null) return null;
  if (pause.ended_at !== null) {
    return (
      <Panel title="You can go on" note="Your pause in this project has ended.">
        <p className={classes.said} dir="auto">
          {pause.answer} <span className={classes.soft}>(<Time at={pause.ended_at} />)</span>
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Your work here is paused" note="This happens to careful people, too. What you sent is kept, and nothing is lost.">
      <div className={classes.pause}>
        <p className={classes.said} dir="auto">
          {pause.reason}
        </p>
        <Appeal pause={pause} projectId={projectId} />
      </div>
    </Panel>
  );
}

function Appeal({ pause, projectId }: { pause: OwnPause; projectId: string }) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const appeal = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/my-pause/", {
          params: { path: { project_id: projectId } },
          body: { text },
        }),
      ),
    onSuccess: async () => {
      announce("A reviewer or manager will look at it again.");
      await queries.invalidateQueries({ queryKey: ["my-pause", projectId] });
    },
  });
  if (pause.appealed_at !== null) {
    return (
      <>
        <blockquote className={classes.quote} dir="auto">
          {pause.appeal}
        </blockquote>
        <p className={classes.said} dir="auto">
          {pause.answer === "" ? "Your words are with the reviewers. What they answer will stand here." : pause.answer}
        </p>
      </>
    );
  }
  return (
    <WordsForm
      action={appeal}
      label="What should they know?"
      description="Somebody reads it and answers you here."
      confirm="Ask for another look"
      text={text}
      onText={setText}
    />
  );
}

/** One's own results on posts whose answers were known, where the project shows them. */
export function OwnGoldPanel({ projectId }: { projectId: string }) {
  const own = useOwnGold(projectId);
  const ruleOf = useRules(projectId);
  if (own.data === undefined || !own.data.are_shown || own.data.tally === null) return null;
  const columns: readonly Column<OwnRow>[] = [
    {
      key: "post",
      header: "Post",
      render: (row) => row.external_id,
    },
    {
      key: "result",
      header: "Your answer",
      render: (row) =>
        row.passed ? (
          <StatusBadge state="passed" tone="good" label="As expected" />
        ) : (
          <StatusBadge
            state="missed"
            tone="wait"
            label={`Differs on ${row.clauses
              .filter((clause) => !clause.passed)
              .map((clause) => ruleOf(clause.clause_key)?.title ?? clause.clause_key)
              .join(", ")}`}
          />
        ),
    },
    { key: "why", header: "Why", render: (row) => <span dir="auto">{whyOf(row)}</span> },
    { key: "when", header: "Sent", width: "140px", render: (row) => <Time at={row.created_at} /> },
  ];
  return (
    <Panel
      title="Posts whose answer was known"
      note="Some posts you get have known answers. These are the ones you have answered."
      actions={<AppLink to={`/p/${projectId}/mine`}>My work</AppLink>}
      flush
    >
      <DataTable label="your results" rows={own.data.results} columns={columns} rowKey={(row) => row.submission_id} />
      <div className={classes.foot}>
        <MeasuredBar measured={own.data.tally.share} />
      </div>
    </Panel>
  );
}

/** What is said of the post, and of the clauses answered otherwise. */
function whyOf(row: OwnRow): string {
  const reasons = row.clauses.filter((clause) => !clause.passed).map((clause) => clause.reason);
  return [row.explanation, ...reasons].filter((text) => text !== "").join(" ");
}
