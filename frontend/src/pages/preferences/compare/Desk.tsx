import { IconMessageReply, IconRefresh } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Kbd, useShortcuts } from "@/ui";
import { BreakNotice } from "@/work/protection/BreakNotice";
import { RuleAside } from "@/work/rule/RuleAside";
import { RuleChangeNotice } from "@/work/rule/RuleChangeNotice";
import { type Comparison, RuleChanges } from "@/work/rule/RuleChanges";
import { useRuleChange } from "@/work/rule/useRuleChange";
import { useOwnWords } from "@/work/rule/useWording";
import { HiddenText } from "@/work/seeing/HiddenText";
import { LookingTime } from "@/work/seeing/LookingTime";
import { useSights, WHOLE } from "@/work/seeing/useSights";
import { SkipDialog } from "@/work/SkipDialog";
import { TaskNotice, TaskNotices } from "@/work/TaskNotices";
import type { TaskPlace } from "@/work/WorkRoom";
import { type ComparisonBundle, pairPositions, positionNames } from "./bundle";
import { shortcutsOf } from "./commands";
import { Conversation } from "./Conversation";
import { DeskHeader } from "./DeskHeader";
import classes from "./Desk.module.css";
import { Dock } from "./Dock";
import { missingIn, nextOpenAxis, rewriteOf, withAnswer, withRewrite } from "./judgment";
import type { DeskModel } from "./model";
import { PlayedTogether, TogetherBar } from "../media/TogetherBar";
import { PostAside } from "./PostAside";
import { ResponseCard } from "./ResponseCard";
import { Rewriting } from "./Rewriting";
import type { JudgmentSession } from "./session";
import { slateShortcutsOf } from "./slate/commands";
import { SlateCards } from "./slate/SlateCards";
import { useSlate } from "./slate/useSlate";
import { compareWords, slateWords } from "./workWords";

/** What a person would call this comparison: the beginning of its last question. */
export function nameOf(bundle: ComparisonBundle): string {
  const asked = bundle.messages.findLast((message) => message.role === "user")?.content ?? "";
  const line = asked.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** One comparison on the screen: the conversation, two responses, and the judgment under them. */
export function Desk({
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
  bundle: ComparisonBundle;
  session: JudgmentSession;
  /** `goesOn`: its person wants to go on with the conversation afterwards. */
  onSubmit: (goesOn: boolean) => void;
} & TaskPlace) {
  const { judgment } = useSyncExternalStore(session.subscribe, session.snapshot);
  const axes = useOwnWords(given.release.id, given.axes);
  const assessed = useOwnWords(given.release.id, given.assessed);
  const bundle = useMemo(() => ({ ...given, axes, assessed }), [given, axes, assessed]);
  const [activeKey, setActiveKey] = useState(
    () => nextOpenAxis(judgment, bundle, bundle.axes.at(-1)?.key ?? "") ?? bundle.axes[0]?.key ?? "",
  );
  const [isChecked, setChecked] = useState(false);
  const [isSkipping, setSkipping] = useState(false);
  const [isComparingWords, setComparingWords] = useState(false);
  const [isRuleOpen, setRuleOpen] = useState(false);
  const former = useRuleChange(bundle);
  const againstId = bundle.campaign?.against_id ?? former?.id;
  const comparison: Comparison | null = againstId === undefined ? null : { releaseId: bundle.release.id, againstId };
  const isBehindLine = bundle.protection.cover.text_covered;
  const { sights, modes, left } = useSights(
    { projectId: bundle.task.project_id, postId: bundle.post_id, leaseId: bundle.lease.id, purpose: "compare", media: [], isTimed: false },
    bundle.protection.cover,
  );
  const texts = modes.get(WHOLE);
  const stage = useRef<HTMLDivElement>(null);
  const post = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const model: DeskModel = {
    room: "compare",
    names: positionNames,
    bundle,
    leaseId: bundle.lease.id,
    judgment,
    oldAnswers: bundle.old_answers,
    oldRatings: bundle.old_ratings,
    oldCitations: bundle.old_citations,
    activeKey,
    setActiveKey,
    change: (next, options) => session.change(next, options),
    answer: (axisKey, answer) => {
      const next = withAnswer(judgment, axisKey, answer);
      const isFirst = judgment.axes[axisKey] === undefined;
      session.change(next);
      setActiveKey((isFirst ? nextOpenAxis(next, bundle, axisKey) : null) ?? axisKey);
    },
    rewrite: (position, text) => session.change(withRewrite(judgment, position, text)),
  };
  const finish = (goesOn: boolean): void => {
    const first = missingIn(judgment, bundle)[0];
    if (first === undefined) {
      onSubmit(goesOn);
      return;
    }
    setChecked(true);
    if (first.axisKey !== null) setActiveKey(first.axisKey);
  };
  const submit = (): void => finish(false);
  const goOn = (): void => finish(true);
  const decline = (): void => onRelease("declined", "");
  const slate = useSlate(model);
  const words = slate === null ? compareWords : slateWords;
  const reach = {
      model,
      session,
      submit,
      goOn,
      decline,
      stop: onStop,
      askSkip: () => setSkipping(true),
      toggleWords: () => setComparingWords((before) => !before),
      toggleTexts: isBehindLine ? () => (texts === undefined ? sights.reveal(WHOLE) : sights.cover(WHOLE)) : null,
      toggleRule: () => setRuleOpen((before) => !before),
      scroll: (pages: number) => scrollBy(stage.current, pages),
      scrollPost: bundle.post_id === null ? null : (pages: number) => scrollBy(post.current, pages),
  };
  useShortcuts(slate === null ? shortcutsOf(reach) : slateShortcutsOf({ ...reach, slate }));
  const activeRule = bundle.axes.find((axis) => axis.key === activeKey) ?? bundle.assessed[0];
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
        onGoOn={goOn}
        onStop={onStop}
      />
      <TaskNotices
        words={words}
        session={session}
        isLeaseOver={isLeaseOver}
        elsewhere={isAnswered ? { onReopen, onGone } : null}
        bundle={bundle}
      >
        <BreakNotice />
        <LookingTime left={left} />
        {former !== null && comparison !== null && (
          <RuleChangeNotice label={bundle.release.label} comparison={comparison} onShow={() => setRuleOpen(true)} />
        )}
        {bundle.returned !== null && (
          <TaskNotice icon={IconMessageReply}>A reviewer gave it back: “{bundle.returned.comment}”</TaskNotice>
        )}
        {bundle.campaign !== null && <TaskNotice icon={IconRefresh}>{askedAgain(bundle)}</TaskNotice>}
      </TaskNotices>
      <div className={classes.middle} data-about-post={bundle.post_id !== null || undefined}>
        {bundle.post_id !== null && <PostAside ref={post} postId={bundle.post_id} leaseId={bundle.lease.id} cover={bundle.protection.cover} />}
        <div ref={stage} className={classes.stage} tabIndex={0} role="region" aria-label="Conversation and responses">
          {isBehindLine && (
            <HiddenText
              name="Conversation and responses"
              text={wordsOf(bundle)}
              mode={texts}
              keyCap={<Kbd of="compare.texts" keys="v" />}
              onShow={() => sights.reveal(WHOLE)}
              onHide={() => sights.cover(WHOLE)}
              onPress={() => sights.press(WHOLE, "hold")}
              onRelease={() => sights.release(Infinity)}
            />
          )}
          {(!isBehindLine || texts !== undefined) && (
            <PlayedTogether>
              <Conversation messages={bundle.messages} language={bundle.language} material={bundle.material} leaseId={bundle.lease.id} />
              <TogetherBar />
              {slate === null ? (
                <>
                  <div className={classes.pair}>
                    {pairPositions.map((position) => (
                      <ResponseCard
                        key={position}
                        position={position}
                        model={model}
                        isComparingWords={isComparingWords}
                        isChecked={isChecked}
                      />
                    ))}
                  </div>
                  {pairPositions
                    .filter((position) => rewriteOf(judgment, position) !== null)
                    .map((position) => (
                      <Rewriting key={position} position={position} model={model} />
                    ))}
                </>
              ) : (
                <SlateCards slate={slate} isChecked={isChecked} />
              )}
            </PlayedTogether>
          )}
        </div>
        {isRuleOpen && activeRule !== undefined && (
          <RuleAside
            rule={{ ...activeRule, release: bundle.release.label }}
            changes={<RuleChanges comparison={comparison} clauseKey={activeRule.key} />}
            onClose={() => setRuleOpen(false)}
          />
        )}
      </div>
      <Dock model={model} slate={slate} isChecked={isChecked} onSubmit={submit} onRule={() => setRuleOpen((before) => !before)} />
      <SkipDialog
        thing={words.thing}
        furtherReasons={["I cannot tell which facts are right"]}
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

/** Why it is asked again, and where the earlier word stands. */
function askedAgain({ old_answers, assessed }: ComparisonBundle): string {
  const rules = assessed.map(({ title }) => title).join(", ");
  const why = rules === "" ? "" : ` Say of each response whether it is acceptable: what breaks ${rules} is another matter now.`;
  const where = old_answers.length > 0 ? " The earlier answer is marked on the scale." : " What was said before stands over each response.";
  return `Asked again because the rule changed.${why}${where}`;
}

/** Everything that is said in the pair. */
function wordsOf({ messages, responses }: ComparisonBundle): string {
  return [...messages.map((message) => message.content), ...responses.map((response) => response.text)].join("");
}

function scrollBy(pane: HTMLElement | null, pages: number): void {
  pane?.scrollBy({ top: pages * pane.clientHeight * 0.8 });
}
