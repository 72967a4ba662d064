import css from './brand.module.css';

/** The mark: a line that is quiet, carries a signal, and is quiet again. */
export function Brand() {
  return (
    <span className={css.brand}>
      <svg viewBox="0 0 34 20" width="34" height="20" aria-hidden="true">
        <path d="M1 10h7l3.2-7 4.6 14 4.2-11 2.3 4H33" />
      </svg>
      Wireroom
    </span>
  );
}
