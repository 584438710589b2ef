import { useState } from "react";
import { plural } from "@/ui";
import { SafeText } from "../SafeText";
import type { Message } from "./bundle";
import classes from "./Conversation.module.css";

const roleNames: Readonly<Record<string, string>> = { system: "System", user: "Person", assistant: "Model" };
/** So many of the newest turns stand there at once. */
const SHOWN = 3;

/** What was said before the two responses. A long past is folded away. */
export function Conversation({ messages, language }: { messages: readonly Message[]; language: string }) {
  const [isWhole, setWhole] = useState(false);
  const past = messages.length - SHOWN;
  // Folding a single message away would save nothing.
  const hidden = isWhole || past < 2 ? 0 : past;
  const lastAsked = messages.findLastIndex((message) => message.role === "user");
  return (
    <section className={classes.conversation} aria-label="Conversation" lang={language === "" ? undefined : language}>
      {hidden > 0 && (
        <button type="button" className={classes.earlier} onClick={() => setWhole(true)}>
          Show {plural(hidden, "earlier message")}
        </button>
      )}
      {messages.slice(hidden).map((message, at) => (
        <div key={at + hidden} className={classes.message} data-role={message.role} data-asked={at + hidden === lastAsked || undefined}>
          <p className={classes.role} lang="en">
            {roleNames[message.role] ?? message.role}
          </p>
          <SafeText text={message.content} />
        </div>
      ))}
    </section>
  );
}
