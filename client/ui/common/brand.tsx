/** The mark: three slices, the middle one lit. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <g fill="none" strokeWidth="2.4" strokeLinejoin="round" strokeLinecap="round">
          <path d="M16 4.5 27 10 16 15.5 5 10Z" stroke="var(--quiet)" />
          <path d="M5 16 16 21.5 27 16" stroke="var(--accent)" />
          <path d="M5 22 16 27.5 27 22" stroke="var(--quiet)" />
        </g>
      </svg>
      Caseroom
    </span>
  )
}
