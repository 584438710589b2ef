import { Checkbox, SegmentedControl, Select } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { EmptyState, ErrorState, LoadingState, QueryView, useProjectId, useShortcuts } from "@/ui";
import { AgreementTable } from "./AgreementTable";
import { CaseView } from "./CaseView";
import { DisagreementList } from "./DisagreementList";
import { agreementQuery, type Disagreement, disagreementsPage } from "./reading";
import classes from "./ReviewRoom.module.css";

type Tab = "cases" | "agreement";

/** `/p/:id/review`: where people did not agree, and how far they agree at all. */
export default function ReviewRoom() {
  const projectId = useProjectId();
  const [tab, setTab] = useState<Tab>("cases");
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [isUndecidedOnly, setUndecidedOnly] = useState(true);
  const agreement = useQuery(agreementQuery(projectId));
  const clauses = agreement.data?.clauses ?? [];
  return (
    <div className={classes.room}>
      <header className={classes.header}>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          Review
        </h1>
        <SegmentedControl
          aria-label="What to look at"
          value={tab}
          onChange={(value) => setTab(value === "agreement" ? "agreement" : "cases")}
          data={[
            { value: "cases", label: "Disagreements" },
            { value: "agreement", label: "Agreement" },
          ]}
        />
        <span className={classes.grow} />
        {tab === "cases" && (
          <>
            <Checkbox
              label="Undecided only"
              checked={isUndecidedOnly}
              onChange={(event) => setUndecidedOnly(event.currentTarget.checked)}
            />
            <Select
              aria-label="Rule"
              placeholder="Every rule"
              size="xs"
              clearable
              value={clauseKey}
              onChange={setClauseKey}
              data={clauses.map((clause) => ({ value: clause.clause_key, label: clause.title }))}
            />
          </>
        )}
      </header>
      {tab === "cases" ? (
        <Cases key={`${clauseKey ?? ""} ${isUndecidedOnly}`} projectId={projectId} clauseKey={clauseKey} isUndecidedOnly={isUndecidedOnly} />
      ) : (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label="Agreement per rule">
          <QueryView query={agreement} loading={<LoadingState label="Measuring agreement" lines={8} />}>
            {(data) => <AgreementTable clauses={data.clauses} />}
          </QueryView>
        </div>
      )}
    </div>
  );
}

function Cases({
  projectId,
  clauseKey,
  isUndecidedOnly,
}: {
  projectId: string;
  clauseKey: string | null;
  isUndecidedOnly: boolean;
}) {
  const cases = usePages(["disagreements", projectId, clauseKey, isUndecidedOnly], (cursor) =>
    disagreementsPage(projectId, { clauseKey, isUndecidedOnly }, cursor),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const open = cases.rows.filter((row) => !done.has(row.decision_id));
  const at = Math.max(
    open.findIndex((row) => row.decision_id === chosen),
    0,
  );
  const current: Disagreement | undefined = open[at];
  const go = (by: number): void => {
    const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
    if (next !== undefined) setChosen(next.decision_id);
    if (at + by >= open.length - 5 && cases.hasNextPage && !cases.isFetchingNextPage) void cases.fetchNextPage();
  };
  useShortcuts([
    { id: "review.next", label: "Next case", keys: ["ArrowDown", "j"], group: "Getting about", run: () => go(1) },
    { id: "review.previous", label: "Previous case", keys: ["ArrowUp", "k"], group: "Getting about", run: () => go(-1) },
  ]);
  if (cases.error !== null && cases.rows.length === 0) {
    return (
      <div className={classes.quiet}>
        <ErrorState error={cases.error} onRetry={cases.refetch} />
      </div>
    );
  }
  if (cases.isPending) {
    return (
      <div className={classes.quiet}>
        <LoadingState label="Loading disagreements" lines={7} />
      </div>
    );
  }
  if (current === undefined) {
    return (
      <div className={classes.quiet}>
        <EmptyState icon={IconChecks} tone="good" title="Nothing waits for a decision">
          {isUndecidedOnly
            ? "Where people disagree and no answer has more than half of them, the case appears here."
            : "Everybody gave the same answers so far, or no post has all its answers yet."}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={classes.cases}>
      <DisagreementList
        rows={open}
        currentId={current.decision_id}
        onChoose={setChosen}
        hasMore={cases.hasNextPage}
        onMore={() => void cases.fetchNextPage()}
      />
      <CaseView
        key={current.decision_id}
        found={current}
        onDecided={() => {
          const next = open[at + 1] ?? open[at - 1];
          setDone((before) => new Set([...before, current.decision_id]));
          setChosen(next?.decision_id ?? null);
        }}
      />
    </div>
  );
}
