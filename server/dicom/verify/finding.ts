/** What kind of thing was found where; never the thing itself. */
export interface VerifierFinding {
  readonly kind: FindingKind
  /** As the caller named the text. */
  readonly place: string
}

export type FindingKind = 'name' | 'word' | 'number' | 'date' | 'email' | 'phone' | 'uid'
