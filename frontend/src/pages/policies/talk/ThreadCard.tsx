import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { Time } from "@/ui";
import { Prose } from "@/ui/Prose";
import type { ClauseText, Thread } from "../shapes";
import { placeName } from "./places";
import classes from "./Talk.module.css";
import type { Talk } from "./useTalk";

/** One comment with its answers, what it is about, and whether that still stands. */
export function ThreadCard({ thread, text, talk }: { thread: Thread; text: ClauseText | null; talk: Talk }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const isSettled = thread.resolved_at !== null;
  const name = placeName(text, thread.at);
  const send = (): void => {
    if (answer === null || answer.trim() === "") return;
    talk.reply.mutate({ answers_id: thread.id, text: answer }, { onSuccess: () => setAnswer(null) });
  };
  return (
    <article className={classes.card} data-settled={isSettled || undefined} aria-label={`Comment on ${name}`}>
      <header className={classes.about}>
        <span>{name}</span>
        {thread.is_gone && <span className={classes.gone}>no longer in the text</span>}
        {!thread.is_gone && thread.is_changed && <span className={classes.gone}>changed since</span>}
      </header>
      {(thread.is_gone || thread.is_changed) && thread.quote !== "" && (
        <blockquote className={classes.quote} dir="auto">
          {thread.quote}
        </blockquote>
      )}
      {[thread, ...thread.replies].map((said) => (
        <div key={said.id} className={classes.said}>
          <p className={classes.who}>
            <strong>{said.author.display_name}</strong> <Time at={said.created_at} />
          </p>
          <Prose text={said.text} size="small" />
        </div>
      ))}
      {thread.resolved_at !== null && thread.resolved_by !== null && (
        <p className={classes.who}>
          Settled by {thread.resolved_by.display_name}, <Time at={thread.resolved_at} />
        </p>
      )}
      {answer !== null && (
        <Textarea
          size="sm"
          aria-label={`Answer to the comment on ${name}`}
          autoFocus
          minRows={2}
          maxLength={5000}
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
            if (event.key === "Escape") setAnswer(null);
          }}
        />
      )}
      <Group gap={6}>
        {answer === null ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setAnswer("")}>
            Answer
          </Button>
        ) : (
          <Button size="compact-xs" loading={talk.reply.isPending} disabled={answer.trim() === ""} onClick={send}>
            Send
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          loading={talk.settle.isPending && talk.settle.variables.id === thread.id}
          onClick={() => talk.settle.mutate({ id: thread.id, is_resolved: !isSettled })}
        >
          {isSettled ? "Open again" : "Settle"}
        </Button>
      </Group>
    </article>
  );
}
