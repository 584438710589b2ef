import type { components } from "@/api/schema";
import { SafeText } from "../SafeText";
import classes from "./Turns.module.css";

type Message = components["schemas"]["MessageOutput"];

const speakers: Readonly<Record<string, string>> = { system: "System text", user: "Person", assistant: "Assistant" };

/** The turns that led to the responses, in their order. */
export function Turns({ messages, language }: { messages: readonly Message[]; language: string }) {
  return (
    <ol className={classes.turns} lang={language === "" ? undefined : language}>
      {messages.map((message, at) => (
        <li key={at} className={classes.turn} data-role={message.role}>
          <span className={classes.speaker} lang="en">{speakers[message.role] ?? message.role}</span>
          <SafeText text={message.content} />
        </li>
      ))}
    </ol>
  );
}
