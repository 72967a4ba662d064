import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import css from './page.module.css';

interface PageProps {
  title: ReactNode;
  /** For the window's title, where `title` is more than words. */
  name?: string;
  /** The way up: the view this one was reached from. */
  up?: { path: string; label: string };
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of a view: where one is, what it is about, and what can be done. */
export function Page({ title, name, up, lead, actions, children }: PageProps) {
  const label = name ?? (typeof title === 'string' ? title : undefined);
  useEffect(() => {
    if (label !== undefined) document.title = `${label} · Wireroom`;
  }, [label]);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.headWords}>
          {up && (
            <Link href={up.path} className={css.up}>
              {up.label}
            </Link>
          )}
          <h1 className={css.title} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className={css.lead}>{lead}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  title?: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Without inner spacing: for tables, which bring their own. */
  flush?: boolean;
  className?: string;
}

export function Panel({ title, hint, actions, children, flush = false, className = '' }: PanelProps) {
  return (
    <section className={`${css.panel} ${className}`}>
      {(title !== undefined || actions !== undefined) && (
        <header className={css.panelHead}>
          <div>
            {title !== undefined && <h2 className={css.panelTitle}>{title}</h2>}
            {hint !== undefined && <p className={css.hint}>{hint}</p>}
          </div>
          {actions !== undefined && <div className={css.actions}>{actions}</div>}
        </header>
      )}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  );
}

export type Tone = 'plain' | 'warn' | 'bad';

interface FigureProps {
  label: ReactNode;
  value: ReactNode;
  unit?: string;
  hint?: ReactNode;
  tone?: Tone;
  href?: string;
}

/** One large number with what it counts. With `href` it leads to what it counted. */
export function Figure({ label, value, unit, hint, tone = 'plain', href }: FigureProps) {
  const number = (
    <span className={css.figureValue} data-tone={tone}>
      {value}
      {unit !== undefined && <span className={css.unit}>{unit}</span>}
    </span>
  );
  return (
    <div className={css.figure}>
      <dt className={css.figureLabel}>{label}</dt>
      <dd>
        {href === undefined ? number : <Link href={href}>{number}</Link>}
        {hint !== undefined && <span className={css.figureHint}>{hint}</span>}
      </dd>
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className={css.figures}>{children}</dl>;
}

/** Names and values below each other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={css.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Row({ children, wrap = true }: { children: ReactNode; wrap?: boolean }) {
  return <div className={wrap ? css.row : css.rowTight}>{children}</div>;
}

interface TabsProps {
  label: string;
  tabs: { key: string; label: ReactNode; href: string }[];
  current: string;
}

/** The parts of a view. Links, so that each part has an address. */
export function Tabs({ label, tabs, current }: TabsProps) {
  return (
    <nav className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.key} href={tab.href} replace aria-current={tab.key === current ? 'page' : undefined}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
