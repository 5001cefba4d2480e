import { type RefObject, useLayoutEffect, useState } from 'react'

/** An element's width in CSS pixels; the last one while it is hidden. */
export function useWidth(element: RefObject<Element | null>, atFirst: number): number {
  const [width, setWidth] = useState(atFirst)
  useLayoutEffect(() => {
    const seen = element.current
    if (!seen) return
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0
      if (now > 0) setWidth(now)
    })
    observer.observe(seen)
    return () => observer.disconnect()
  }, [element])
  return width
}
