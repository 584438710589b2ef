import type { ReactNode } from "react";
import type { components } from "@/api/schema";
import { AppLink, Time } from "@/ui";
import classes from "./NoteThread.module.css";

type Note = components["schemas"]["NoteOutput"];

/** A note, what it is about, and the answers to it. */
export function NoteThread({ note, to, children }: { note: Note; to: string | null; children?: ReactNode }) {
  const subject = note.subject ?? "A comparison";
  return (
    <article className={classes.note} data-open={(note.kind === "question" && note.answers.length === 0) || undefined}>
      <header className={classes.head}>
        <strong>{note.kind === "question" ? "Question" : "Comment"}</strong>
        <span>by {note.pseudonym}</span>
        <span>about {to === null ? subject : <AppLink to={to}>{subject}</AppLink>}</span>
        {note.clause_key !== "" && <code>{note.clause_key}</code>}
        <span className={classes.when}>
          <Time at={note.created_at} />
        </span>
      </header>
      <p className={classes.text} dir="auto">
        {note.text}
      </p>
      {note.answers.map((answer) => (
        <div key={answer.id} className={classes.answer}>
          <span className={classes.who}>
            {answer.pseudonym}, <Time at={answer.created_at} />
          </span>
          <p className={classes.text} dir="auto">
            {answer.text}
          </p>
        </div>
      ))}
      {note.kind === "question" && note.answers.length === 0 && children === undefined && (
        <p className={classes.waiting}>Nobody has answered yet.</p>
      )}
      {children}
    </article>
  );
}
