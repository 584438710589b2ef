import { Checkbox, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { ActionForm, announce, announceProblem, AppLink, EmptyState, LoadingState, PageHeader, Panel, QueryView, refusalOf, Stacked, useProjectId, useRouteParam, useShortcuts } from "@/ui";
import { answersQuery, type PostAnswers } from "@/pages/annotation/review/reading";
import { PrecedentPost } from "@/work/precedents/PrecedentPost";
import { likenessWords } from "@/work/precedents/words";
import { builtInCover } from "@/work/seeing/shapes";
import { uuid7 } from "@/work/uuid7";
import { type CurrentClause, useCurrentClauses } from "./clauses";
import { alikeQuery, precedentsChanged, ruleOn } from "./queries";
import { emptyRuling, isRuled, RulingFields, type RulingDraft } from "./RulingFields";
import classes from "./Precedents.module.css";

/** `/p/:id/settle/:postId?clause=&release=`: an expert settles a post for one rule or several, with reasons. */
export default function SettlePage() {
  const projectId = useProjectId();
  const postId = useRouteParam("postId");
  const search: Record<string, unknown> = useSearch({ strict: false });
  const releaseId = typeof search["release"] === "string" ? search["release"] : null;
  const clauseKey = typeof search["clause"] === "string" ? search["clause"] : null;
  const questionId = typeof search["question"] === "string" ? search["question"] : null;
  const mayRule = useMay(projectId, "policy.edit");
  const answers = useQuery(answersQuery(postId));
  const clauses = useCurrentClauses(projectId, releaseId);
  return (
    <>
      <PageHeader
        title="Settle a post"
        lead="Your ruling decides it, whatever people answered. With reasons that others can follow it may stand as a precedent."
        crumbs={[
          { label: "Unclear rules", to: `/p/${projectId}/unclear` },
          { label: "Precedents", to: `/p/${projectId}/precedents` },
        ]}
      />
      {!mayRule ? (
        <EmptyState title="Experts rule on posts">Whoever may edit policies in this project can settle it.</EmptyState>
      ) : (
        <QueryView query={answers}>
          {(given) =>
            clauses.length === 0 ? (
              <LoadingState label="Loading the rules" />
            ) : (
              <Settle key={postId} postId={postId} questionId={questionId} answers={given} clauses={clauses} firstKey={clauses.find(({ clause }) => clause.key === clauseKey)?.clause.key ?? clauses[0]?.clause.key ?? ""} />
            )
          }
        </QueryView>
      )}
    </>
  );
}

function Settle({
  postId,
  questionId,
  answers,
  clauses,
  firstKey,
}: {
  postId: string;
  questionId: string | null;
  answers: PostAnswers;
  clauses: readonly CurrentClause[];
  firstKey: string;
}) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [rulingId] = useState(() => uuid7());
  const [drafts, setDrafts] = useState<readonly RulingDraft[]>([emptyRuling(firstKey)]);
  const [asPrecedent, setPrecedent] = useState(true);
  const first = clauses.find(({ clause }) => clause.key === drafts[0]?.clauseKey);
  // One ruling is made under one release: that of its first rule.
  const offered = clauses.filter(({ release }) => release.id === first?.release.id);
  const others = offered.filter(({ clause }) => !drafts.some((draft) => draft.clauseKey === clause.key));
  const rule = useMutation({
    mutationFn: () =>
      ruleOn(postId, {
        id: rulingId,
        releaseId: first?.release.id ?? "",
        asPrecedent,
        rulings: drafts.map((draft) => ({
          clause_key: draft.clauseKey,
          answer: draft.answer ?? "",
          severity: draft.severity,
          reason: draft.reason,
          seen_decision_id: seenDecision(answers, draft.clauseKey, first) ?? null,
        })),
      }),
    onSuccess: async (ruling) => {
      const [precedent] = ruling.precedents;
      if (questionId !== null) await answerQuestion(questionId, drafts, clauses);
      announce(precedent === undefined ? "Ruled. It is decided; it will not stand as a precedent." : "Ruled. Somebody else approves it as a precedent.");
      await precedentsChanged(queries, projectId, postId);
      void navigate({ to: precedent === undefined ? `/p/${projectId}/precedents` : `/p/${projectId}/precedents/${precedent.id}` });
    },
  });
  const refusal = refusalOf(rule.error, drafts.map((_, at) => [`rulings.${at}.answer`, `rulings.${at}.severity`, `rulings.${at}.reason`]).flat());
  const isReady = drafts.every((draft) => isRuled(draft, clauses.find(({ clause }) => clause.key === draft.clauseKey)?.clause));
  const send = (): void => {
    if (isReady && !rule.isPending) rule.mutate();
  };
  useShortcuts([{ id: "settle.send", label: "Record the ruling", keys: "mod+Enter", group: "Ruling", whileTyping: true, run: send }]);
  return (
    <div className={classes.settle}>
      <PrecedentPost postId={postId} cover={builtInCover} />
      <Stacked>
        <Panel title="Ruling" note={first === undefined ? undefined : <code>{first.release.label}</code>}>
          <ActionForm action={rule} refusal={refusal} confirm="Record the ruling" isReady={isReady}>
            {drafts.map((draft, at) => {
              const found = clauses.find(({ clause }) => clause.key === draft.clauseKey);
              if (found === undefined) return null;
              return (
                <RulingFields
                  key={draft.clauseKey}
                  clause={found.clause}
                  draft={draft}
                  answers={answers}
                  problemAt={(field) => refusal?.at(`rulings.${at}.${field}`)}
                  onChange={(change) => setDrafts((before) => before.map((one, index) => (index === at ? { ...one, ...change } : one)))}
                  onRemove={drafts.length > 1 ? () => setDrafts((before) => before.filter((_, index) => index !== at)) : undefined}
                />
              );
            })}
            <div className={classes.foot}>
              {others.length > 0 && (
                <Select
                  aria-label="Rule on one more question"
                  placeholder="Rule on one more question"
                  value={null}
                  onChange={(key) => key !== null && setDrafts((before) => [...before, emptyRuling(key)])}
                  data={others.map(({ clause }) => ({ value: clause.key, label: clause.document.title }))}
                />
              )}
              <Checkbox
                label="Propose it as a precedent"
                description="Approved by somebody else, it is shown beside posts like this one. A post that measures people or models never is."
                checked={asPrecedent}
                onChange={(event) => setPrecedent(event.currentTarget.checked)}
              />
            </div>
          </ActionForm>
        </Panel>
        <Alike projectId={projectId} postId={postId} clauseKey={drafts[0]?.clauseKey ?? ""} />
      </Stacked>
    </div>
  );
}

/** Whoever asked about the post reads how it was ruled and why; the ruling stands whether or not that goes through. */
async function answerQuestion(questionId: string, drafts: readonly RulingDraft[], clauses: readonly CurrentClause[]): Promise<void> {
  const said = drafts.map(({ clauseKey, answer, reason }) => {
    const found = clauses.find(({ clause }) => clause.key === clauseKey)?.clause.document;
    const label = found?.answers.find(({ value }) => value === answer)?.label ?? answer ?? "";
    return `${found?.title ?? clauseKey}: ${label}. ${reason}`;
  });
  try {
    await api.POST("/api/questions/{note_id}/answer/", { params: { path: { note_id: questionId } }, body: { text: said.join("\n\n").slice(0, 2000) } });
  } catch (error) {
    announceProblem(error);
  }
}

/** How posts like this one were ruled, so that one ruling does not stand against another. */
function Alike({ projectId, postId, clauseKey }: { projectId: string; postId: string; clauseKey: string }) {
  const query = useQuery(alikeQuery(projectId, { postId, clauseKey }));
  if (query.data?.precedents.length === 0) return null;
  return (
    <Panel title="Ruled before on posts like this">
      <QueryView query={query} loading={<LoadingState label="Looking for rulings" lines={3} />}>
        {({ precedents }) => (
          <ul className={classes.alike}>
            {precedents.slice(0, 4).map((row) => (
              <li key={row.id}>
                <AppLink to={`/p/${projectId}/precedents/${row.id}`}>
                  {row.answer_label}
                  {row.severity_label !== "" && `, ${row.severity_label.toLowerCase()}`}
                </AppLink>{" "}
                <span className={classes.given}>{likenessWords(row.likeness)}</span>
                <p dir="auto">{row.reason}</p>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}

function seenDecision(answers: PostAnswers, clauseKey: string, under: CurrentClause | undefined): string | undefined {
  const revision = under?.release.clauses.find((clause) => clause.key === clauseKey)?.meaning_revision;
  return answers.decisions.find((row) => row.is_current && row.clause_key === clauseKey && row.meaning_revision === revision)?.id;
}
