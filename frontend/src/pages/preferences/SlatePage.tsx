import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { AppLink, type Column, DataTable, PageHeader, Panel, percent, plural, QueryView, Stacked, useProjectId, useRouteParam } from "@/ui";
import { builtInCover } from "@/work/seeing/shapes";
import classes from "./comparisons/ComparisonPage.module.css";
import { modelName, outcomeWords } from "./comparisons/wording";
import { Turns } from "./comparisons/Turns";
import { Material } from "./media/Material";
import { AnswerTable } from "./review/slates/AnswerTable";
import { answersInOrder, letterOf } from "./review/slates/told";
import { SafeText } from "./SafeText";

type Slate = components["schemas"]["SlateDetailOutput"];
type Rating = Slate["ratings"][number];
type Following = Slate["pairs"][number]["decisions"][number] & { readonly comparisonId: string; readonly one: string; readonly other: string };

/** `/p/:id/slates/:id`: the responses with their origin, who said what, and what follows. */
export default function SlatePage() {
  const slateId = useRouteParam("slateId");
  const query = useQuery({
    queryKey: ["slate", slateId],
    queryFn: () => taken(api.GET("/api/slates/{slate_id}/", { params: { path: { slate_id: slateId } } })),
  });
  return <QueryView query={query}>{(slate) => <View slate={slate} />}</QueryView>;
}

function View({ slate }: { slate: Slate }) {
  const projectId = useProjectId();
  const titleOf = (key: string): string => slate.axes.find((axis) => axis.key === key)?.title ?? key;
  const counting = slate.answers.filter(({ counts }) => counts).length;
  const following: Following[] = slate.pairs.flatMap(({ comparison_id: comparisonId, one, other, decisions }) =>
    decisions.map((decision) => ({ ...decision, comparisonId, one: letterOf(one), other: letterOf(other) })),
  );
  return (
    <>
      <PageHeader
        title={slate.external_id}
        lead={plural(counting, "answer counts", "answers count")}
        crumbs={[{ label: "Slates", to: `/p/${projectId}/slates` }]}
      />
      <Stacked>
        <Panel
          title="Prompt"
          note={slate.language === "" ? undefined : slate.language}
          actions={slate.post_id === null ? undefined : <AppLink to={`/p/${projectId}/posts/${slate.post_id}`}>See the post it is about</AppLink>}
        >
          <Turns messages={slate.messages} language={slate.language} />
          {slate.material_id !== null && <Material postId={slate.material_id} of="the prompt" leaseId={null} cover={builtInCover} />}
        </Panel>
        <div className={classes.pair}>
          {slate.responses.map(({ place, text, material_id: postId, source_model: model }) => (
            <Panel key={place} title={`Response ${letterOf(place)}`} note={modelName(model)}>
              {postId !== null && <Material postId={postId} of={`response ${letterOf(place)}`} leaseId={null} cover={builtInCover} />}
              <div lang={slate.language === "" ? undefined : slate.language}>
                <SafeText text={text} />
              </div>
            </Panel>
          ))}
        </div>
        {slate.ratings.length > 0 && (
          <Panel title="How good each is" flush>
            <DataTable label="Ratings" columns={ratingColumns(titleOf)} rows={slate.ratings} rowKey={(row) => `${row.clause_key}.${row.meaning_revision}.${row.place}`} />
          </Panel>
        )}
        <Panel title="Who said what">
          {slate.axes.length === 0 ? (
            <p className={classes.none}>Nobody has judged these responses yet.</p>
          ) : (
            slate.axes.map((axis) => (
              <AnswerTable
                key={`${axis.key} ${axis.meaning_revision}`}
                slate={slate}
                axis={axis}
                answers={answersInOrder(slate.answers)}
                activeId={null}
                onChoose={null}
              />
            ))
          )}
        </Panel>
        {following.length > 0 && (
          <Panel title="Pairs that follow" flush>
            <DataTable label="Pairs that follow" columns={pairColumns(projectId, titleOf)} rows={following} rowKey={(row) => row.id} />
          </Panel>
        )}
      </Stacked>
    </>
  );
}

function ratingColumns(titleOf: (key: string) => string): readonly Column<Rating>[] {
  return [
    { key: "response", header: "Response", width: "110px", render: (row) => letterOf(row.place) },
    { key: "axis", header: "Axis", render: (row) => `${titleOf(row.clause_key)}, meaning ${row.meaning_revision}` },
    { key: "value", header: "Mean", width: "90px", align: "end", render: (row) => row.value.toFixed(1) },
    { key: "agreement", header: "Agreement", width: "110px", align: "end", render: (row) => percent(row.agreement, 0) },
    { key: "votes", header: "People", width: "80px", align: "end", render: (row) => row.votes },
  ];
}

function pairColumns(projectId: string, titleOf: (key: string) => string): readonly Column<Following>[] {
  const better = ({ outcome, one, other }: Following): string => (outcome === "a" ? one : outcome === "b" ? other : outcomeWords(outcome));
  return [
    { key: "two", header: "Responses", render: (row) => <AppLink to={`/p/${projectId}/comparisons/${row.comparisonId}`}>{`${row.one} and ${row.other}`}</AppLink> },
    { key: "axis", header: "Axis", render: (row) => `${titleOf(row.clause_key)}, meaning ${row.meaning_revision}` },
    { key: "better", header: "Better", width: "170px", render: better },
    { key: "agreement", header: "Agreement", width: "110px", align: "end", render: (row) => percent(row.agreement, 0) },
    { key: "votes", header: "People", width: "80px", align: "end", render: (row) => row.votes },
  ];
}
