import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useShortcuts } from "@/ui";
import { AxisRule } from "./AxisRule";
import { type ComparisonBundle, type Position, positions } from "./bundle";
import { shortcutsOf } from "./commands";
import { Conversation } from "./Conversation";
import { DeskHeader } from "./DeskHeader";
import { DeskNotices } from "./DeskNotices";
import classes from "./Desk.module.css";
import { Dock } from "./Dock";
import { type Judgment, missingIn, nextOpenAxis, withAnswer, type AxisAnswer, withRewrite } from "./judgment";
import { ResponseCard } from "./ResponseCard";
import { Rewriting } from "./Rewriting";
import type { JudgmentSession } from "./session";
import { SkipDialog } from "./SkipDialog";

/** What the parts of the page share. */
export interface DeskModel {
  readonly bundle: ComparisonBundle;
  readonly judgment: Judgment;
  readonly activeKey: string;
  readonly setActiveKey: (key: string) => void;
  readonly change: (next: Judgment, options?: { isStep?: boolean }) => void;
  /** Answer an axis, and go on to the next open one. */
  readonly answer: (axisKey: string, answer: AxisAnswer) => void;
  /** Open the editor for a better version; null puts it away. */
  readonly rewrite: (position: Position, text: string | null) => void;
}

/** What a person would call this comparison: the beginning of its last question. */
export function nameOf(bundle: ComparisonBundle): string {
  const asked = bundle.messages.findLast((message) => message.role === "user")?.content ?? "";
  const line = asked.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** One comparison on the screen: the conversation, two responses, and the judgment under them. */
export function Desk({
  bundle,
  session,
  isLeaseOver,
  onSubmit,
  onRelease,
}: {
  bundle: ComparisonBundle;
  session: JudgmentSession;
  isLeaseOver: boolean;
  onSubmit: () => void;
  onRelease: (outcome: "skipped" | "declined", reason: string) => void;
}) {
  const { judgment } = useSyncExternalStore(session.subscribe, session.snapshot);
  const [activeKey, setActiveKey] = useState(
    () => nextOpenAxis(judgment, bundle.axes, bundle.axes.at(-1)?.key ?? "") ?? bundle.axes[0]?.key ?? "",
  );
  const [isChecked, setChecked] = useState(false);
  const [isSkipping, setSkipping] = useState(false);
  const [isComparingWords, setComparingWords] = useState(false);
  const [isRuleOpen, setRuleOpen] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const model: DeskModel = {
    bundle,
    judgment,
    activeKey,
    setActiveKey,
    change: (next, options) => session.change(next, options),
    answer: (axisKey, answer) => {
      const next = withAnswer(judgment, axisKey, answer);
      const isFirst = judgment.axes[axisKey] === undefined;
      session.change(next);
      setActiveKey((isFirst ? nextOpenAxis(next, bundle.axes, axisKey) : null) ?? axisKey);
    },
    rewrite: (position, text) => session.change(withRewrite(judgment, position, text)),
  };
  const submit = (): void => {
    const first = missingIn(judgment, bundle)[0];
    if (first === undefined) {
      onSubmit();
      return;
    }
    setChecked(true);
    if (first.axisKey !== null) setActiveKey(first.axisKey);
  };
  const decline = (): void => onRelease("declined", "");
  useShortcuts(
    shortcutsOf({
      model,
      session,
      submit,
      decline,
      askSkip: () => setSkipping(true),
      toggleWords: () => setComparingWords((before) => !before),
      toggleRule: () => setRuleOpen((before) => !before),
      scroll: (pages) => stage.current?.scrollBy({ top: pages * stage.current.clientHeight * 0.8 }),
    }),
  );
  const activeAxis = bundle.axes.find((axis) => axis.key === activeKey);
  return (
    <div className={classes.desk}>
      <DeskHeader
        heading={heading}
        bundle={bundle}
        session={session}
        isComparingWords={isComparingWords}
        onToggleWords={() => setComparingWords((before) => !before)}
        onSkip={() => setSkipping(true)}
        onDecline={decline}
      />
      <DeskNotices session={session} isLeaseOver={isLeaseOver} bundle={bundle} />
      <div className={classes.middle}>
        <div ref={stage} className={classes.stage} tabIndex={0} role="region" aria-label="Conversation and responses">
          <Conversation messages={bundle.messages} language={bundle.language} />
          <div className={classes.pair}>
            {positions.map((position) => (
              <ResponseCard
                key={position}
                position={position}
                model={model}
                isComparingWords={isComparingWords}
                isChecked={isChecked}
              />
            ))}
          </div>
          {positions
            .filter((position) => judgment.rewrites[position] !== null)
            .map((position) => (
              <Rewriting key={position} position={position} model={model} />
            ))}
        </div>
        {isRuleOpen && activeAxis !== undefined && <AxisRule axis={activeAxis} onClose={() => setRuleOpen(false)} />}
      </div>
      <Dock model={model} isChecked={isChecked} onSubmit={submit} onRule={() => setRuleOpen((before) => !before)} />
      <SkipDialog
        isOpen={isSkipping}
        onClose={() => setSkipping(false)}
        onSkip={(reason) => {
          setSkipping(false);
          onRelease("skipped", reason);
        }}
      />
    </div>
  );
}
