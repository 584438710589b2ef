import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleDashed, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ApiProblem, sentenceOf } from "@/api/problem";
import classes from "./states.module.css";

/** Nothing here yet: says why, and what fills it. */
export function EmptyState({
  title,
  children,
  actions,
  icon: Icon = IconCircleDashed,
  tone = "neutral",
  framed = true,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  icon?: TablerIcon;
  /** "good" when empty means done. */
  tone?: "neutral" | "good";
  framed?: boolean;
}) {
  return (
    <div className={classes.box} data-framed={framed || undefined}>
      <span className={classes.icon} data-tone={tone} aria-hidden>
        <Icon size={20} stroke={1.6} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

/** A read that failed: the server's own sentence, the request id, and a way to try again. */
export function ErrorState({ error, onRetry, title }: { error: unknown; onRetry?: () => unknown; title?: string }) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className={classes.box} role="alert" data-framed>
      <span className={classes.icon} data-tone="bad" aria-hidden>
        <IconAlertTriangle size={20} stroke={1.6} />
      </span>
      <h2 className={classes.title}>{title ?? problem?.title ?? "This did not load"}</h2>
      <p className={classes.text}>{sentenceOf(error)}</p>
      {problem?.requestId !== null && problem !== null && (
        <p className={classes.small}>
          Request <code>{problem.requestId}</code>
        </p>
      )}
      {onRetry !== undefined && problem?.status !== 403 && (
        <div className={classes.actions}>
          <Button variant="default" onClick={() => void onRetry()}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

const widths = ["38%", "92%", "84%", "88%", "61%", "79%", "90%", "47%"];

/** The shape of what is coming. Announced once, politely. */
export function LoadingState({ label = "Loading", lines = 5 }: { label?: string; lines?: number }) {
  return (
    <div className={classes.loading} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className={classes.line} style={{ width: widths[at % widths.length] }} />
      ))}
    </div>
  );
}

interface QueryLike<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** The usual three states of one read: `<QueryView query={q}>{(data) => …}</QueryView>`. */
export function QueryView<T>({
  query,
  children,
  loading,
}: {
  query: QueryLike<T>;
  children: (data: T) => ReactNode;
  loading?: ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined) return <ErrorState error={query.error} onRetry={query.refetch} />;
  return loading ?? <LoadingState />;
}
