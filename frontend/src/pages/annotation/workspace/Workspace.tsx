import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { missingIn, toLabelDocument } from "@/editor/labelDocument";
import type { EvidenceData, RecordId } from "@/editor/records";
import { announceProblem, useShortcuts } from "@/ui";
import { type LabelBundle } from "./bundle";
import { shortcutsOf } from "./commands";
import { type ToolName, type Workspace as Model, WorkspaceContext } from "./context";
import { Header } from "./Header";
import { tellViews } from "./keeping/calls";
import type { TaskSession } from "./keeping/session";
import { ViewLog } from "./keeping/views";
import { PostColumn } from "./PostColumn";
import { QuestionList } from "./questions/QuestionList";
import { RuleAside } from "./questions/RuleAside";
import { nextOpen } from "./answering";
import type { Player } from "./player";
import { SkipDialog } from "./SkipDialog";
import { SubmitBar } from "./SubmitBar";
import { TaskNotices } from "./TaskNotices";
import { Toolbar } from "./Toolbar";
import classes from "./Workspace.module.css";

export interface Finished {
  readonly document: ReturnType<typeof toLabelDocument>;
  readonly activeMs: number;
}

/** One task on the screen: the post, the questions, and what the person does with them. */
export function Workspace({
  bundle,
  session,
  isLeaseOver,
  onSubmit,
  onRelease,
}: {
  bundle: LabelBundle;
  session: TaskSession;
  isLeaseOver: boolean;
  onSubmit: (finished: Finished) => void;
  onRelease: (outcome: "skipped" | "declined", reason: string) => void;
}) {
  const { store } = session;
  const model = useModel(bundle, session);
  const [isChecked, setChecked] = useState(false);
  const [isSkipping, setSkipping] = useState(false);

  const submit = (): void => {
    const missing = missingIn(store.snapshot(), bundle.clauses);
    const first = missing[0];
    if (first !== undefined) {
      setChecked(true);
      model.setActiveKey(first.clauseKey);
      return;
    }
    onSubmit({ document: toLabelDocument(store.snapshot(), bundle.clauses), activeMs: session.activeMs });
  };
  const decline = (): void => onRelease("declined", "");
  useShortcuts(shortcutsOf({ workspace: model, submit, askSkip: () => setSkipping(true), decline }));

  return (
    <WorkspaceContext value={model}>
      <div className={classes.workspace}>
        <Header session={session} onSkip={() => setSkipping(true)} onDecline={decline} />
        <TaskNotices bundle={bundle} session={session} isLeaseOver={isLeaseOver} />
        <div className={classes.stage}>
          <Toolbar />
          <PostColumn />
          {model.isGuideOpen && <RuleAside />}
        </div>
        <div className={classes.side}>
          <div className={classes.questions}>
            <QuestionList isChecked={isChecked} />
          </div>
          <SubmitBar isChecked={isChecked} onSubmit={submit} />
        </div>
      </div>
      <SkipDialog
        isOpen={isSkipping}
        onClose={() => setSkipping(false)}
        onSkip={(reason) => {
          setSkipping(false);
          onRelease("skipped", reason);
        }}
      />
    </WorkspaceContext>
  );
}

function useModel(bundle: LabelBundle, session: TaskSession): Model {
  const { store } = session;
  const firstKey = bundle.clauses[0]?.key ?? "";
  const [activeKey, setKey] = useState(() => nextOpen(store, bundle.clauses, bundle.clauses.at(-1)?.key ?? "") ?? firstKey);
  const [selected, select] = useState<RecordId | null>(null);
  const [tool, setTool] = useState<ToolName>("box");
  const [activePartId, setActivePart] = useState(bundle.post.parts[0]?.id ?? "");
  const [textCursorPart, setTextCursor] = useState<string | null>(null);
  const [isGuideOpen, setGuideOpen] = useState(false);
  const players = useRef(new Map<string, Player>());
  const { revealed, reveal, cover } = useReveals(bundle);

  const takes = useCallback(
    (kind: string) => bundle.clauses.find((clause) => clause.key === activeKey)?.evidence_kinds.includes(kind) ?? false,
    [bundle, activeKey],
  );
  const setActiveKey = useCallback((key: string) => {
    setKey(key);
    setTextCursor(null);
  }, []);
  const setTextCursorPart = useCallback((id: string | null) => {
    // Enter belongs to a focused button; while marking it must belong to the text.
    if (id !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setTextCursor(id);
  }, []);
  const addEvidence = useCallback(
    (data: EvidenceData) => {
      if (!takes(data.kind)) return;
      const fresh = store.fresh();
      store.put({ type: "evidence", ...fresh, clauseKey: activeKey, data }, { label: "Mark evidence" });
      select(fresh.id);
    },
    [activeKey, store, takes],
  );
  return useMemo(
    () => ({
      bundle,
      isReadOnly: false,
      store,
      activeKey,
      setActiveKey,
      selected,
      select,
      tool,
      setTool,
      activePartId,
      setActivePart,
      revealed,
      reveal,
      cover,
      players,
      addEvidence,
      takes,
      textCursorPart,
      setTextCursorPart,
      isGuideOpen,
      setGuideOpen,
    }),
    [activeKey, activePartId, addEvidence, bundle, cover, isGuideOpen, reveal, revealed, selected, setActiveKey, setTextCursorPart, store, takes, textCursorPart, tool],
  );
}

/** What is uncovered. The server is told first; only then is it shown. */
function useReveals(bundle: LabelBundle) {
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const log = useRef<ViewLog | null>(null);
  useEffect(() => {
    const views = new ViewLog(bundle.post.id, bundle.lease.id, (told) => tellViews(bundle.task.project_id, told));
    log.current = views;
    return () => views.close();
  }, [bundle]);
  const reveal = useCallback((partId: string) => {
    const told = log.current?.reveal(partId);
    told?.then(
      () => setRevealed((before) => new Set([...before, partId])),
      (error: unknown) => announceProblem(error),
    );
  }, []);
  const cover = useCallback((partId: string) => {
    log.current?.cover(partId);
    setRevealed((before) => new Set([...before].filter((id) => id !== partId)));
  }, []);
  return { revealed, reveal, cover };
}
