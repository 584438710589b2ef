import { IconMessageReply } from "@tabler/icons-react";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { missingIn, toLabelDocument } from "@/editor/labelDocument";
import type { EvidenceData } from "@/editor/records";
import { PictureViews } from "@/editor/view";
import { RuleAside } from "@/work/rule/RuleAside";
import { BreakNotice } from "@/work/protection/BreakNotice";
import { type Looked, useSights } from "@/work/seeing/useSights";
import { RuleChangeNotice } from "@/work/rule/RuleChangeNotice";
import { type Comparison, RuleChanges } from "@/work/rule/RuleChanges";
import { useRuleChange } from "@/work/rule/useRuleChange";
import { useOwnWords } from "@/work/rule/useWording";
import { SkipDialog } from "@/work/SkipDialog";
import { TaskNotice, TaskNotices } from "@/work/TaskNotices";
import type { TaskPlace } from "@/work/WorkRoom";
import { useBeside } from "./BesideTask";
import { isMedia, type LabelBundle } from "./bundle";
import { type Workspace as Model, WorkspaceContext } from "./context";
import { DrawingDesk, type DrawingSettings, drawingTools, freshSettings, kindOfTool, type ToolName } from "./drawing";
import { Header } from "./Header";
import type { TaskSession } from "./keeping/session";
import { PostColumn } from "./PostColumn";
import { QuestionList } from "./questions/QuestionList";
import { nextOpen } from "./answering";
import type { Player } from "./player";
import { SelectionBar } from "./SelectionBar";
import { SubmitBar } from "./SubmitBar";
import { reportOf, type SuggestionReport } from "./suggestions/items";
import { SecondLook } from "./suggestions/SecondLook";
import { SuggestionBar } from "./suggestions/SuggestionBar";
import { useSuggested } from "./suggestions/useSuggested";
import { Toolbar } from "./Toolbar";
import { useChoice } from "./useChoice";
import { WorkspaceKeys } from "./WorkspaceKeys";
import { labelWords } from "./workWords";
import classes from "./Workspace.module.css";

// Work without them does not load them.
const RulingsAside = lazy(async () => ({ default: (await import("./rulings/RulingsAside")).RulingsAside }));

export interface Finished {
  readonly document: ReturnType<typeof toLabelDocument>;
  readonly activeMs: number;
  readonly suggestions: SuggestionReport | null;
}

/** One task on the screen: the post, the questions, and what the person does with them. */
export function Workspace({
  bundle: given,
  session,
  isLeaseOver,
  isAnswered,
  onSubmit,
  onRelease,
  onReopen,
  onGone,
  onStop,
}: {
  bundle: LabelBundle;
  session: TaskSession;
  onSubmit: (finished: Finished) => void;
} & TaskPlace) {
  const { store } = session;
  const clauses = useOwnWords(given.release.id, given.clauses);
  const bundle = useMemo(() => ({ ...given, clauses }), [given, clauses]);
  const model = useModel(bundle, session);
  const [isChecked, setChecked] = useState(false);
  const [isSkipping, setSkipping] = useState(false);

  const submit = (): void => {
    // An outline that has its corners but was not closed yet is meant.
    model.desk.finish();
    const missing = missingIn(store.snapshot(), bundle.clauses);
    const first = missing[0];
    if (first !== undefined) {
      setChecked(true);
      model.setActiveKey(first.clauseKey);
      return;
    }
    const records = store.snapshot();
    onSubmit({
      document: toLabelDocument(records, bundle.clauses),
      activeMs: session.activeMs,
      suggestions: reportOf(bundle, records, session.activeMs),
    });
  };
  const decline = (): void => onRelease("declined", "");
  const former = useRuleChange(bundle);
  const againstId = bundle.campaign?.against_id ?? former?.id;
  const comparison: Comparison | null = againstId === undefined ? null : { releaseId: bundle.release.id, againstId };
  const rule = bundle.clauses.find((clause) => clause.key === model.activeKey);
  const [beside, besideDialogs] = useBeside(bundle, model.activeKey, onGone);
  const commanded = { workspace: model, submit, askSkip: () => setSkipping(true), decline, stop: onStop, beside };

  return (
    <WorkspaceContext value={model}>
      <WorkspaceKeys context={commanded} />
      <div className={classes.workspace}>
        <Header session={session} beside={beside} onSkip={() => setSkipping(true)} onDecline={decline} onStop={onStop} />
        <TaskNotices
          words={labelWords}
          bundle={bundle}
          session={session}
          isLeaseOver={isLeaseOver}
          elsewhere={isAnswered ? { onReopen, onGone } : null}
        >
          <BreakNotice />
          {former !== null && comparison !== null && (
            <RuleChangeNotice label={bundle.release.label} comparison={comparison} onShow={() => model.setGuideOpen(true)} />
          )}
          {bundle.returned !== null && (
            <TaskNotice icon={IconMessageReply}>A reviewer gave it back: “{bundle.returned.comment}”</TaskNotice>
          )}
          <SecondLook />
        </TaskNotices>
        <div className={classes.stage}>
          <Toolbar />
          <PostColumn />
          <SelectionBar />
          {model.isGuideOpen && rule !== undefined && (
            <RuleAside
              rule={{
                ...rule,
                parentTitle: rule.parent_title,
                release: bundle.release.label,
                releaseId: bundle.release.id,
                projectId: bundle.task.project_id,
              }}
              changes={<RuleChanges comparison={comparison} clauseKey={rule.key} />}
              onClose={() => model.setGuideOpen(false)}
            />
          )}
          {model.rulings?.isOpen === true && rule !== undefined && (
            <Suspense fallback={null}>
              <RulingsAside key={rule.key} clause={rule} onClose={() => model.rulings?.setOpen(false)} />
            </Suspense>
          )}
        </div>
        <div className={classes.side}>
          <div className={classes.questions}>
            <SuggestionBar />
            <QuestionList isChecked={isChecked} />
          </div>
          <SubmitBar isChecked={isChecked} onSubmit={submit} />
        </div>
      </div>
      <SkipDialog
        thing={labelWords.thing}
        furtherReasons={["I know the people in it"]}
        isOpen={isSkipping}
        onClose={() => setSkipping(false)}
        onSkip={(reason) => {
          setSkipping(false);
          onRelease("skipped", reason);
        }}
      />
      {besideDialogs}
    </WorkspaceContext>
  );
}

function useModel(bundle: LabelBundle, session: TaskSession): Model {
  const { store } = session;
  const firstKey = bundle.clauses[0]?.key ?? "";
  const [activeKey, setKey] = useState(() => nextOpen(store, bundle.clauses, bundle.clauses.at(-1)?.key ?? "") ?? firstKey);
  const choice = useChoice();
  const { select } = choice;
  const [tool, setTool] = useState<ToolName>(() => firstTool(bundle));
  const [drawing, setSettings] = useState<DrawingSettings>(freshSettings);
  const [desk] = useState(() => new DrawingDesk());
  const [views] = useState(() => new PictureViews());
  const [activePartId, setActivePart] = useState(bundle.post.parts[0]?.id ?? "");
  const [textCursorPart, setTextCursor] = useState<string | null>(null);
  const [aside, setAside] = useState<"rule" | "rulings" | null>(null);
  const [opened, setOpened] = useState<{ readonly clauseKey: string; readonly id: string } | null>(null);
  const isGuideOpen = aside === "rule";
  const setGuideOpen = useCallback((isOpen: boolean) => setAside(isOpen ? "rule" : null), []);
  const rulings = useMemo(
    () => ({
      isOpen: aside === "rulings",
      setOpen: (isOpen: boolean) => setAside(isOpen ? "rulings" : null),
      openId: opened?.clauseKey === activeKey ? opened.id : null,
      setOpenId: (id: string | null) => setOpened(id === null ? null : { clauseKey: activeKey, id }),
    }),
    [activeKey, aside, opened],
  );
  const suggested = useSuggested(bundle);
  const players = useRef(new Map<string, Player>());
  const looking = useSights(lookedAt(bundle), bundle.protection.cover);

  const takes = useCallback(
    (kind: string) => bundle.clauses.find((clause) => clause.key === activeKey)?.evidence_kinds.includes(kind) ?? false,
    [bundle, activeKey],
  );
  const setDrawing = useCallback(
    (change: Partial<DrawingSettings>) => setSettings((before) => ({ ...before, ...change })),
    [],
  );
  const setActiveKey = useCallback((key: string) => {
    setKey(key);
    setTextCursor(null);
  }, []);
  const setTextCursorPart = useCallback((id: string | null) => {
    // Enter belongs to a focused button; while marking it must belong to the text.
    if (id !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setTextCursor(id);
    if (id !== null && looking.seeing.text_covered) looking.sights.reveal(id);
  }, [looking.seeing, looking.sights]);
  const addEvidence = useCallback(
    (data: EvidenceData) => {
      if (!takes(data.kind)) return;
      const fresh = store.fresh();
      store.put({ type: "evidence", ...fresh, clauseKey: activeKey, data }, { label: "Mark evidence" });
      select(fresh.id);
    },
    [activeKey, select, store, takes],
  );
  return useMemo(
    () => ({
      bundle,
      isReadOnly: false,
      store,
      activeKey,
      setActiveKey,
      ...choice,
      tool,
      setTool,
      drawing,
      setDrawing,
      desk,
      views,
      activePartId,
      setActivePart,
      ...looking,
      players,
      addEvidence,
      takes,
      textCursorPart,
      setTextCursorPart,
      suggested,
      rulings,
      isGuideOpen,
      setGuideOpen,
    }),
    [activeKey, activePartId, addEvidence, bundle, choice, desk, drawing, isGuideOpen, looking, rulings, setActiveKey, setDrawing, setGuideOpen, setTextCursorPart, store, suggested, takes, textCursorPart, tool, views],
  );
}

/** The first tool some question takes; a box where it can be. */
function firstTool({ clauses }: LabelBundle): ToolName {
  const taken = new Set(clauses.flatMap((clause) => clause.evidence_kinds));
  return drawingTools.find((name) => taken.has(kindOfTool[name] ?? "")) ?? "select";
}

function lookedAt({ post, task, lease }: LabelBundle): Looked {
  const media = post.parts.filter(isMedia).filter((part) => part.kind !== "audio");
  return { projectId: task.project_id, postId: post.id, leaseId: lease.id, purpose: "label", media: media.map((part) => part.id) };
}
