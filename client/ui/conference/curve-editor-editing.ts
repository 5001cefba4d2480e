import { useEffect, useRef, useState } from 'react'
import type { Curve } from '../../../shared/conference/looks.ts'
import { sameCurve } from '../../../shared/volume/transfer-function-edit.ts'

/** Shown on one's own picture while a hand is at the curve; undefined: the conference's again. */
export type DraftCurve = (curve: Curve | undefined) => void

export interface CurveEditing {
  /** What is being dragged, else the conference's curve, else the preset's. */
  readonly shown: Curve
  /** Into `shown`. */
  readonly chosen: number | undefined
  readonly canUndo: boolean
  readonly canReset: boolean
  choose(index: number | undefined): void
  /** Seen here only, until it is committed or cancelled. */
  draft(curve: Curve): void
  /** Everybody's; one step of undo. */
  commit(curve: Curve): void
  commitDraft(): void
  cancel(): void
  undo(): void
  /** Back to the preset's own. */
  reset(): void
}

/** A curve under a person's hands, and the curves it was before. */
export function useCurveEditing(props: {
  /** Empty: the preset's. */
  curve: Curve
  presetCurve: Curve
  mayChange: boolean
  onChange: (curve: Curve) => void
  draftCurve: DraftCurve | undefined
}): CurveEditing {
  const { curve, presetCurve, mayChange, onChange, draftCurve } = props
  const [draft, setDraft] = useState<Curve>()
  const [past, setPast] = useState<readonly Curve[]>([])
  const [chosen, setChosen] = useState<number>()
  const latest = useRef<Curve>(undefined)
  const settled = curve.length > 0 ? curve : presetCurve
  const shown = draft ?? settled

  const show = (now: Curve | undefined) => {
    if (now === latest.current) return
    latest.current = now
    setDraft(now)
    draftCurve?.(now)
  }
  const commit = (next: Curve) => {
    if (mayChange && !sameCurve(next, settled)) {
      setPast([...past, curve])
      onChange(next)
    }
    show(undefined)
  }
  const cancel = () => show(undefined)

  const drop = useRef(cancel)
  drop.current = cancel
  useEffect(() => {
    if (!mayChange) drop.current()
  }, [mayChange])
  useEffect(() => () => drop.current(), [])

  return {
    shown,
    chosen: chosen !== undefined && chosen < shown.length ? chosen : undefined,
    canUndo: mayChange && past.length > 0,
    canReset: mayChange && curve.length > 0,
    choose: setChosen,
    draft: show,
    commit,
    commitDraft: () => {
      if (latest.current) commit(latest.current)
    },
    cancel,
    undo() {
      const before = past.at(-1)
      if (!before) return
      setPast(past.slice(0, -1))
      onChange(before)
    },
    reset() {
      setPast([...past, curve])
      onChange([])
    },
  }
}
