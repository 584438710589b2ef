import { Button, CloseButton, NumberInput } from "@mantine/core";
import { IconLasso } from "@tabler/icons-react";
import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { announce, AppLink, type Column, count, DataTable, EmptyState, FormProblem, Panel, percent, plural } from "@/ui";
import type { Clause } from "../queries";
import classes from "./ChosenPanel.module.css";
import { inLots, type MapPoints, type PostMap, type PostSummary, summariesQuery } from "./mapQueries";
import { Beginning } from "./PostCard";
import { leftOutSentence, stateWords } from "./wording";

const shownAtFirst = 20;
const mostAsked = 5000;

interface Props {
  map: PostMap;
  points: MapPoints;
  chosen: readonly number[];
  asked: { readonly releaseId: string; readonly clauseKey: string } | null;
  clause: Clause | undefined;
  onTake: (post: number) => void;
  onClear: () => void;
}

/** What was chosen on the map, as a list, and the way to ask people about it. */
export function ChosenPanel(props: Props) {
  const { map, points, chosen, clause, onTake, onClear } = props;
  const [shown, setShown] = useState(shownAtFirst);
  const rows = chosen.slice(0, shown);
  const summaries = useSummaries(map.project_id, rows.map((post) => points.names[post] ?? ""));
  const answerLabel = (value: string): string => clause?.document.answers.find((one) => one.value === value)?.label ?? value;
  const columns: readonly Column<number>[] = [
    {
      key: "post",
      header: "Post",
      render: (post) => {
        const name = points.names[post] ?? "";
        const summary = summaries.get(name);
        return (
          <span className={classes.post}>
            <AppLink to={`/p/${map.project_id}/posts/${points.post_ids[post] ?? ""}`}>{name}</AppLink>
            {summary !== undefined && <Beginning post={summary} />}
          </span>
        );
      },
    },
    ...(points.states.length === 0 ? [] : [stateColumn(points, answerLabel)]),
    ...(points.harm.length === 0 ? [] : [harmColumn(points)]),
    {
      key: "take",
      header: "",
      width: "52px",
      align: "end",
      render: (post) => <CloseButton size="sm" aria-label={`Leave out ${points.names[post] ?? ""}`} onClick={() => onTake(post)} />,
    },
  ];
  return (
    <Panel
      title={chosen.length === 0 ? "Chosen" : `Chosen: ${plural(chosen.length, "post")}`}
      flush
      actions={
        chosen.length > 0 && (
          <Button size="xs" variant="subtle" onClick={onClear}>
            Choose none
          </Button>
        )
      }
    >
      {chosen.length > 0 && <Ask {...props} />}
      <DataTable
        label="Chosen posts"
        columns={columns}
        rows={rows}
        rowKey={(post) => points.post_ids[post] ?? String(post)}
        empty={
          <EmptyState framed={false} icon={IconLasso} title="Nothing is chosen">
            Draw a ring around posts with the lasso, choose an area, or the posts nearest to one. Shift adds to what is chosen, Alt takes
            away.
          </EmptyState>
        }
      />
      {chosen.length > rows.length && (
        <div className={classes.more}>
          <Button variant="subtle" onClick={() => setShown((before) => before + shownAtFirst)}>
            Show more of {count(chosen.length)}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function stateColumn(points: MapPoints, answerLabel: (value: string) => string): Column<number> {
  return {
    key: "answer",
    header: "Answer",
    width: "150px",
    render: (post) => {
      const answer = points.answers[post] ?? null;
      if (answer !== null) return answerLabel(answer);
      return points.held_out[post] === true ? "Measures models" : stateWords[points.states[post] ?? "open"];
    },
  };
}

function harmColumn(points: MapPoints): Column<number> {
  return {
    key: "harm",
    header: "Chance of harm",
    width: "130px",
    align: "end",
    render: (post) => percent(points.harm[post] ?? 0, 0),
  };
}

function useSummaries(projectId: string, names: readonly string[]): Map<string, PostSummary> {
  const lots = useQueries({ queries: inLots(names, shownAtFirst).map((lot) => summariesQuery(projectId, lot)) });
  return new Map(lots.flatMap((lot) => lot.data ?? []).map((post) => [post.external_id, post]));
}

/** How many people to ask about what was chosen, and what came of it. */
function Ask({ map, points, chosen, asked, clause, onClear }: Props) {
  const mayAsk = useMay(map.project_id, "tasks.manage");
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState(1);
  const ask = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/maps/{map_id}/tasks/", {
          params: { path: { map_id: map.id } },
          body: {
            release_id: asked?.releaseId ?? "",
            clause_key: asked?.clauseKey ?? "",
            post_ids: chosen.flatMap((post) => points.post_ids[post] ?? []),
            overlap,
          },
        }),
      ),
    onSuccess: async (tasks) => {
      await queries.invalidateQueries({ queryKey: ["map points", map.id] });
      const left = leftOutSentence(tasks);
      announce(
        `People are asked about ${plural(tasks.asked, "post")} before other work.${left === "" ? "" : ` Left out: ${left}.`}`,
      );
      onClear();
    },
  });
  if (!mayAsk) return null;
  if (asked === null) {
    return <p className={classes.hint}>People can be asked about these once a policy with a question about posts is released.</p>;
  }
  return (
    <div className={classes.ask}>
      <p className={classes.about}>
        {askableWords(points, chosen)} on <strong>{clause?.document.title}</strong>. Posts that are decided, asked about or kept to
        measure are left out.
      </p>
      <NumberInput
        size="xs"
        className={classes.overlap}
        label="People per post"
        min={1}
        max={20}
        allowDecimal={false}
        value={overlap}
        onChange={(value) => setOverlap(typeof value === "number" ? value : 1)}
      />
      <Button size="xs" loading={ask.isPending} disabled={chosen.length > mostAsked} onClick={() => ask.mutate()}>
        Ask people about these {count(chosen.length)}
      </Button>
      {chosen.length > mostAsked && <p className={classes.about}>At most {count(mostAsked)} can be asked about at once.</p>}
      <FormProblem error={ask.error} />
    </div>
  );
}

/** "12 of these 20 posts are open", as far as the page knows. */
function askableWords(points: MapPoints, chosen: readonly number[]): string {
  const open = chosen.filter((post) => points.states[post] === "open" && points.held_out[post] !== true).length;
  return `${count(open)} of these ${plural(chosen.length, "post")} ${open === 1 ? "is" : "are"} open`;
}
