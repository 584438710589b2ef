import { Select } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { AsOf, Measuring } from "@/pages/annotation/measured/Measuring";
import { useMeasured } from "@/pages/annotation/measured/useMeasured";
import { languageName } from "@/pages/content/shapes";
import { decimal, EmptyState, PageHeader, plural, QueryView, useProjectId, useShortcuts } from "@/ui";
import { focusNext } from "@/ui/focus";
import { useReleases } from "./releases";
import { Splits } from "./Splits";
import { type UnclearChoice, type UnclearClause, unclearRead } from "./queries";
import { signs } from "./words";
import classes from "./Unclear.module.css";

/** `/p/:id/unclear`: which rules people do not read alike, and the posts that show it. */
export default function UnclearPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const wordOf = (name: string): string | null => (typeof search[name] === "string" ? search[name] : null);
  const choice: UnclearChoice = { releaseId: wordOf("release"), language: wordOf("language") };
  const query = useMeasured(unclearRead(projectId, choice));
  const releases = useReleases(projectId);
  const show = (change: Readonly<Record<string, string | null>>): void => {
    const next = { release: choice.releaseId, language: choice.language, clause: wordOf("clause"), ...change };
    void navigate({
      to: `/p/${projectId}/unclear`,
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)),
      replace: true,
    });
  };
  return (
    <>
      <PageHeader
        title="Unclear rules"
        lead="Where people who read the same rule answer apart, ask, or are turned round. A rule is fixed by writing into it, a post by a ruling."
        actions={
          <>
            <Select
              aria-label="Release"
              placeholder="In effect now"
              clearable
              value={choice.releaseId}
              onChange={(release) => show({ release })}
              data={releases.map((release) => ({ value: release.id, label: release.label }))}
            />
            <Select
              aria-label="Language"
              placeholder="Every language"
              clearable
              searchable
              value={choice.language}
              onChange={(language) => show({ language })}
              data={(query.data?.languages ?? (choice.language === null ? [] : [choice.language])).map((tag) => ({ value: tag, label: languageName(tag) }))}
            />
          </>
        }
      />
      <QueryView query={query} loading={<Measuring label="Ranking the rules" job={query.job} />}>
        {({ clauses, measured_at: at }) =>
          clauses.every((clause) => clause.posts === 0) ? (
            <EmptyState title="Nobody has answered under this release yet" icon={IconMoodSmile}>
              As soon as several people answer the same posts, the rules they read differently stand here.
            </EmptyState>
          ) : (
            <>
              <AsOf at={at} measured={query} />
              <Ranked clauses={clauses} chosenKey={wordOf("clause")} choice={choice} onChoose={(clause) => show({ clause })} />
            </>
          )
        }
      </QueryView>
    </>
  );
}

function Ranked({
  clauses,
  chosenKey,
  choice,
  onChoose,
}: {
  clauses: readonly UnclearClause[];
  chosenKey: string | null;
  choice: UnclearChoice;
  onChoose: (clauseKey: string) => void;
}) {
  const chosen = clauses.find((clause) => clause.clause_key === chosenKey) ?? clauses[0];
  const step = (by: number): void => {
    const next = clauses[clauses.findIndex((clause) => clause === chosen) + by];
    if (next === undefined) return;
    onChoose(next.clause_key);
    // One stop of Tab for the whole list: the posts of the chosen rule come next.
    focusNext(() => document.getElementById(`rule-${next.clause_key}`));
  };
  useShortcuts([
    { id: "unclear.next", label: "Next rule", keys: ["j", "ArrowDown"], group: "Getting about", run: () => step(1) },
    { id: "unclear.previous", label: "Previous rule", keys: ["k", "ArrowUp"], group: "Getting about", run: () => step(-1) },
  ]);
  return (
    <div className={classes.columns}>
      <nav aria-label="Rules, the least clear first">
        <ol className={classes.ranks}>
          {clauses.map((clause) => (
            <li key={`${clause.release_id} ${clause.clause_key}`}>
              <button
                type="button"
                id={`rule-${clause.clause_key}`}
                className={classes.rank}
                tabIndex={clause === chosen ? 0 : -1}
                aria-current={clause === chosen || undefined}
                onClick={() => onChoose(clause.clause_key)}
              >
                <span className={classes.rankTitle}>{clause.title}</span>
                <span className={classes.score}>{decimal(clause.score, 1)}</span>
                <ScoreBar clause={clause} />
                <span className={classes.soft}>
                  {plural(clause.posts, clause.is_axis ? "comparison" : "post")} answered under {clause.release_label}
                </span>
              </button>
            </li>
          ))}
        </ol>
        <p className={classes.note}>
          The score runs from 0 to 100. Each share counts by the lower end of its 95&nbsp;% interval, so that a few answers do not outrank many.
        </p>
      </nav>
      {chosen !== undefined && <Splits key={`${chosen.release_id} ${chosen.clause_key}`} clause={chosen} choice={{ ...choice, releaseId: chosen.release_id }} />}
    </div>
  );
}

/** The score as a bar out of 100, each sign a piece of it; said in figures beside the rule that is chosen. */
function ScoreBar({ clause }: { clause: UnclearClause }) {
  return (
    <span className={classes.bar} aria-hidden>
      {clause.parts
        .filter((part) => part.points > 0)
        .map((part) => (
          <span key={part.sign} className={classes.piece} style={{ width: `${part.points}%`, background: signs[part.sign].hue }} />
        ))}
    </span>
  );
}
