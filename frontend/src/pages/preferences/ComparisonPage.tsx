import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import {
  AppLink,
  type Column,
  DataTable,
  PageHeader,
  Panel,
  percent,
  plural,
  QueryView,
  Stacked,
  StatusBadge,
  Time,
  useProjectId,
  useRouteParam,
} from "@/ui";
import classes from "./comparisons/ComparisonPage.module.css";
import {
  acceptanceWords,
  answerWords,
  type AxisDecision,
  type ComparisonDetail,
  comparisonName,
  modelName,
  outcomeIcon,
  outcomeTone,
  outcomeWords,
} from "./comparisons/wording";
import { KnownAnswer } from "./comparisons/KnownAnswer";
import { Turns } from "./comparisons/Turns";
import { builtInCover } from "@/work/seeing/shapes";
import { Material } from "./media/Material";
import { SafeText } from "./SafeText";

/** One comparison with its origin, what was decided, and who said what. */
export default function ComparisonPage() {
  const comparisonId = useRouteParam("comparisonId");
  const query = useQuery({
    queryKey: ["comparison", comparisonId],
    queryFn: () => taken(api.GET("/api/comparisons/{comparison_id}/", { params: { path: { comparison_id: comparisonId } } })),
  });
  return <QueryView query={query}>{(comparison) => <View comparison={comparison} />}</QueryView>;
}

function View({ comparison }: { comparison: ComparisonDetail }) {
  const projectId = useProjectId();
  return (
    <>
      <PageHeader
        title={comparisonName(comparison)}
        lead={plural(comparison.judgments_count, "judgment counts", "judgments count")}
        crumbs={[{ label: "Comparisons", to: `/p/${projectId}/comparisons` }]}
      />
      <Stacked>
        <Panel
          title="Prompt"
          note={comparison.language === "" ? undefined : comparison.language}
          actions={
            <>
              {comparison.post_id !== null && <AppLink to={`/p/${projectId}/posts/${comparison.post_id}`}>See the post it is about</AppLink>}
              <AppLink to={`/p/${projectId}/conversations/${comparison.prompt_id}`}>See the conversation and its branches</AppLink>
            </>
          }
        >
          <Turns messages={comparison.messages} language={comparison.language} />
          {comparison.material_id !== null && <Material postId={comparison.material_id} of="the prompt" leaseId={null} cover={builtInCover} />}
        </Panel>
        <div className={classes.pair}>
          <OneResponse comparison={comparison} side="a" />
          <OneResponse comparison={comparison} side="b" />
        </div>
        <Panel title="Decisions" flush={comparison.decisions.length > 0}>
          {comparison.decisions.length === 0 ? (
            <p className={classes.none}>Nobody has judged this comparison yet.</p>
          ) : (
            <DataTable
              label="Decisions"
              columns={decisionColumns}
              rows={comparison.decisions}
              rowKey={(decision) => `${decision.clause_key}.${decision.meaning_revision}`}
            />
          )}
        </Panel>
        <KnownAnswer comparisonId={comparison.id} />
        {comparison.judgments.length > 0 && (
          <Panel title="Judgments" flush>
            <DataTable label="Judgments" columns={judgmentColumns} rows={comparison.judgments} rowKey={(judgment) => judgment.id} />
          </Panel>
        )}
      </Stacked>
    </>
  );
}

function OneResponse({ comparison, side }: { comparison: ComparisonDetail; side: "a" | "b" }) {
  const response = side === "a" ? comparison.response_a : comparison.response_b;
  const { label, tone, icon } = acceptanceWords(comparison.acceptance.find((each) => each.side === side));
  return (
    <Panel
      title={`Response ${side.toUpperCase()}`}
      note={modelName(response.source_model)}
      actions={<StatusBadge state={label} label={label} tone={tone} icon={icon} />}
    >
      {response.material_id !== null && (
        <Material postId={response.material_id} of={`response ${side.toUpperCase()}`} leaseId={null} cover={builtInCover} />
      )}
      {response.text.trim() === "" ? (
        response.material_id === null &&
        <p className={classes.none}>Empty response</p>
      ) : (
        <div lang={comparison.language === "" ? undefined : comparison.language}>
          <SafeText text={response.text} />
        </div>
      )}
    </Panel>
  );
}

const decisionColumns: readonly Column<AxisDecision>[] = [
  { key: "axis", header: "Axis", render: (decision) => `${decision.clause_key}, meaning ${decision.meaning_revision}` },
  {
    key: "outcome",
    header: "Better",
    width: "170px",
    render: (decision) => <StatusBadge state={decision.outcome} label={outcomeWords(decision.outcome)} tone={outcomeTone(decision.outcome)} icon={outcomeIcon(decision.outcome)} />,
  },
  { key: "method", header: "How", width: "120px", render: (decision) => methodWords(decision.method) },
  { key: "strength", header: "Mean strength", width: "130px", align: "end", render: (decision) => strengthWords(decision.strength) },
  { key: "p", header: "Chance that A is better", width: "180px", align: "end", render: (decision) => percent(decision.p_a_better, 0) },
  { key: "agreement", header: "Agreement", width: "110px", align: "end", render: (decision) => percent(decision.agreement, 0) },
  { key: "votes", header: "People", width: "80px", align: "end", render: (decision) => decision.votes },
];

type Judgment = ComparisonDetail["judgments"][number];

const judgmentColumns: readonly Column<Judgment>[] = [
  {
    key: "who",
    header: "Who",
    width: "190px",
    render: (judgment) => (
      <span className={classes.who}>
        {judgment.pseudonym}
        {judgment.is_simulated && <StatusBadge state="simulated" />}
        {!judgment.counts && <StatusBadge state="late" label={whyNotCounted(judgment.asked)} tone="wait" />}
      </span>
    ),
  },
  { key: "shown", header: "Shown first", width: "100px", render: (judgment) => judgment.shown_first.toUpperCase() },
  {
    key: "answers",
    header: "Answers",
    width: "240px",
    render: (judgment) => (
      <ul className={classes.answers}>
        {judgment.answers.map((answer) => (
          <li key={answer.clause_key}>
            <span>{answer.clause_key}</span> {answerWords(answer)}
          </li>
        ))}
      </ul>
    ),
  },
  { key: "reason", header: "Reason", render: (judgment) => (judgment.reason === "" ? "—" : <span dir="auto">{judgment.reason}</span>) },
  { key: "when", header: "When", width: "120px", render: (judgment) => <Time at={judgment.created_at} /> },
];

function whyNotCounted(asked: string): string {
  if (asked === "again") return "Asked again";
  return asked === "gold" ? "Known answer" : "Does not count";
}

const methods: Readonly<Record<string, string>> = { unanimous: "Unanimous", majority: "Majority", adjudicated: "Adjudicated" };

function methodWords(method: string): string {
  return methods[method] ?? "Undecided";
}

function strengthWords(strength: number): string {
  if (strength === 0) return "0";
  return `${Math.abs(strength).toFixed(1)} for ${strength < 0 ? "A" : "B"}`;
}
